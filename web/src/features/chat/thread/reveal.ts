import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

/** Brings an entry of the thread onto the screen and hands over its article, once that is in the page. */
export type Reveal = (key: string, then?: (article: HTMLElement) => void) => void;

export function articleOf(root: ParentNode, key: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"] > article`);
}

function isInSight(root: HTMLElement, article: HTMLElement): boolean {
  const { top, bottom } = root.getBoundingClientRect();
  const place = article.getBoundingClientRect();
  return place.bottom > top && place.top < bottom;
}

/** `letGo` ends the sticking to the end; `keys` are those of the entries, in their order. */
export function useReveal(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: RefObject<VirtualizerHandle | null>,
  keys: readonly string[],
  letGo: () => void,
): Reveal {
  const watching = useRef<MutationObserver | null>(null);
  const known = useRef(keys);
  useEffect(() => {
    known.current = keys;
  }, [keys]);
  useEffect(() => () => watching.current?.disconnect(), []);
  return useCallback(
    (key, then) => {
      const root = scroller.current;
      if (!root || !known.current.includes(key)) return;
      letGo();
      watching.current?.disconnect();
      let shown: HTMLElement | null = null;
      const arrive = () => {
        const article = articleOf(root, key);
        // What has just come before it is measured, and moves the thread once more.
        if (!article || !isInSight(root, article)) {
          virtualizer.current?.scrollToIndex(known.current.indexOf(key), { align: "start" });
        }
        // Until it is measured it is hidden, and takes no focus.
        const isDrawn = article && getComputedStyle(article).visibility !== "hidden";
        if (!isDrawn || article === shown) return;
        shown = article;
        then?.(article);
      };
      arrive();
      // Only what is near the screen is in the page. It comes with one of the next drawings, and may go
      // and come once more while what is above it is measured: until the reader does something.
      const observer = new MutationObserver(arrive);
      observer.observe(root, { childList: true, subtree: true, attributeFilter: ["style"] });
      watching.current = observer;
      for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
        root.addEventListener(type, () => observer.disconnect(), { once: true, passive: true });
      }
    },
    [scroller, virtualizer, letGo],
  );
}

/** Moves the focus to a message, so that it is read out from there and Tab goes on from there. */
export function focusMessage(article: HTMLElement): void {
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
}
