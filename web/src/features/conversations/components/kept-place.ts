import { useLayoutEffect, useRef, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

import type { Listed } from "./days";

interface Place {
  id: string;
  /** How far below the upper edge of what is seen, in pixels. */
  below: number;
}

/**
 * What is seen of a list stays where it is when rows come or go above it; at its very top one sees
 * what is new. Gives what is to be told where the list has been scrolled to.
 */
export function useKeptPlace(
  rows: readonly Listed[],
  scroller: RefObject<HTMLElement | null>,
  virtualizer: RefObject<VirtualizerHandle | null>,
): (offset: number) => void {
  const places = useRef<readonly Place[]>([]);
  const noted = useRef(0);

  function note(offset: number) {
    const list = virtualizer.current;
    if (!list) return;
    noted.current = offset;
    const first = list.findItemIndex(offset);
    // When the first one moves to the top of the list, the second one stays.
    places.current = rows.slice(first, first + 2).map(({ conversation: { id } }, index) => ({
      id,
      below: list.getItemOffset(first + index) - offset,
    }));
  }

  useLayoutEffect(() => {
    const list = virtualizer.current;
    const element = scroller.current;
    // What it has been scrolled by is told a frame later: the element itself knows where it is.
    if (!list || !element || element.scrollTop === 0) return;
    const moved = places.current.map((place) => ({
      ...place,
      index: rows.findIndex(({ conversation }) => conversation.id === place.id),
    }));
    const [first, second] = moved;
    const stays = first && second && first.index + 1 === second.index ? first : second;
    if (!stays || stays.index < 0) return;
    const since = element.scrollTop - noted.current;
    element.scrollTo({ top: list.getItemOffset(stays.index) - stays.below + since });
  }, [rows, scroller, virtualizer]);

  return note;
}
