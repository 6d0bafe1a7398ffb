/**
 * Keeps a growing thread at its end while the reader is there, and lets go at the first sign that
 * they want to read elsewhere. Nothing else moves the thread, except to a message that was asked for
 * (`reveal.ts`), which lets go first.
 */
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

const nearEnd = 24;
const farFromEnd = 160;
const upwardKeys = new Set(["ArrowUp", "PageUp", "Home"]);
const downwardKeys = new Set(["ArrowDown", "PageDown", "End", " "]);

interface StickToBottom {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Whether the end is far enough away to offer the way back. */
  isAway: boolean;
  jumpToEnd: () => void;
  /** The reader goes elsewhere. */
  letGo: () => void;
}

function distanceToEnd(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop;
}

/** Starts at the end again for each `threadKey`. */
export function useStickToBottom(threadKey: string): StickToBottom {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const [isAway, setIsAway] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  useEffect(() => {
    const element = scroller.current;
    const grows = content.current;
    if (!element || !grows) return;
    pinned.current = true;
    toEnd();
    let dragging = false;
    let lastTop = element.scrollTop;
    // From the reader's first sign until the end is out of sight: what was moved to the end just
    // before is still being told then, and must not count as theirs.
    let leaving = false;
    const letGo = () => {
      if (distanceToEnd(element) > 0 || element.scrollHeight > element.clientHeight) {
        pinned.current = false;
      }
    };
    const turn = (upwards: boolean) => {
      leaving = upwards;
      if (upwards) letGo();
    };
    const stop = new AbortController();
    const listen = { signal: stop.signal, passive: true };
    element.addEventListener(
      "wheel",
      (event) => {
        if (event.deltaY !== 0) turn(event.deltaY < 0);
      },
      listen,
    );
    element.addEventListener(
      "touchmove",
      () => {
        leaving = false;
        letGo();
      },
      listen,
    );
    element.addEventListener(
      "keydown",
      (event) => {
        if (upwardKeys.has(event.key)) turn(true);
        else if (downwardKeys.has(event.key)) turn(false);
      },
      listen,
    );
    element.addEventListener(
      "pointerdown",
      (event) => {
        dragging = event.target === element;
        leaving = false;
      },
      listen,
    );
    addEventListener("pointerup", () => (dragging = false), listen);
    element.addEventListener(
      "focusin",
      () => {
        // Keys lead there, and the browser scrolls to it after it says so.
        requestAnimationFrame(() => {
          if (distanceToEnd(element) > nearEnd) letGo();
        });
      },
      listen,
    );
    document.addEventListener(
      "selectionchange",
      () => {
        const selection = getSelection();
        if (selection && !selection.isCollapsed && grows.contains(selection.anchorNode)) letGo();
      },
      listen,
    );
    element.addEventListener(
      "scroll",
      () => {
        const isNear = distanceToEnd(element) <= nearEnd;
        if (!isNear) leaving = false;
        if (dragging && element.scrollTop < lastTop) pinned.current = false;
        else if (isNear && !leaving && element.scrollTop > lastTop) pinned.current = true;
        lastTop = element.scrollTop;
        setIsAway(!pinned.current && distanceToEnd(element) > farFromEnd);
      },
      listen,
    );
    const observer = new ResizeObserver(() => {
      if (pinned.current) toEnd();
      setIsAway(!pinned.current && distanceToEnd(element) > farFromEnd);
    });
    observer.observe(element);
    observer.observe(grows);
    return () => {
      stop.abort();
      observer.disconnect();
    };
    // Another thread begins at its own end.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [threadKey, toEnd]);

  const jumpToEnd = useCallback(() => {
    pinned.current = true;
    setIsAway(false);
    toEnd();
  }, [toEnd]);

  const letGo = useCallback(() => {
    pinned.current = false;
  }, []);

  return { scroller, content, isAway, jumpToEnd, letGo };
}
