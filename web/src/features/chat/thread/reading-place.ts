/**
 * Where the reader is in a thread: at its end, which is followed as it grows; at the question whose
 * answer grows, which stays at the top (`in-sight.ts`); or elsewhere, where nothing moves. Nothing
 * moves the thread but this and a message that was asked for (`reveal.ts`), which lets go first.
 * `signs.ts` finds out where the reader wants to be.
 */
import { useEffect, useMemo, useRef, useState, type RefObject } from "react";

import { makeRoom } from "./hold-question";
import { holdsQuestion } from "./in-sight";

const farFromEnd = 160;

export interface ReadingPlace {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Empty, below the content. */
  room: RefObject<HTMLDivElement | null>;
  /** At the end. */
  pinned: RefObject<boolean>;
  /** At the last question. */
  held: RefObject<boolean>;
  /**
   * From the reader's first sign until the end is out of sight: what was moved to the end just before is
   * still being told then, and must not count as theirs.
   */
  leaving: RefObject<boolean>;
  /** Follows what has changed. */
  settle: () => void;
  /** Sees whether the end is far away. */
  look: () => void;
  jumpToEnd: () => void;
  /** Shows what was just asked, as the reader has chosen. */
  showAsked: () => void;
  /** The reader goes elsewhere. */
  letGo: () => void;
}

export function distanceToEnd(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop;
}

/** Begins at the end. `isAway`: that is far enough away to offer the way back. */
export function useReadingPlace(): [ReadingPlace, isAway: boolean] {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const held = useRef(false);
  const leaving = useRef(false);
  const [isAway, setIsAway] = useState(false);
  const place = useMemo(() => {
    function look() {
      const element = scroller.current;
      if (element) setIsAway(!pinned.current && distanceToEnd(element) > farFromEnd);
    }
    /** Follows what has changed. */
    function settle() {
      const element = scroller.current;
      if (!element || !content.current || !room.current) return;
      const hasRoom = held.current || room.current.offsetHeight > 0;
      const above = hasRoom ? makeRoom(element, content.current, room.current) : null;
      if (held.current && above !== null) element.scrollTop += above;
      else if (held.current || pinned.current) element.scrollTop = element.scrollHeight;
      look();
    }
    function stay(isPinned: boolean, isHeld: boolean) {
      pinned.current = isPinned;
      held.current = isHeld;
    }
    return {
      scroller,
      content,
      room,
      pinned,
      held,
      leaving,
      look,
      settle,
      jumpToEnd() {
        stay(true, false);
        settle();
      },
      showAsked() {
        // First to the end, where the question will be.
        stay(true, false);
        settle();
        if (holdsQuestion()) stay(false, true);
      },
      letGo() {
        stay(false, false);
        leaving.current = true;
      },
    };
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(place.settle);
    for (const { current } of [scroller, content]) if (current) observer.observe(current);
    return () => observer.disconnect();
  }, [place]);
  return [place, isAway];
}
