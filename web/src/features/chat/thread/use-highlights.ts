import "./find.css";

import { useEffect, type RefObject } from "react";

import { rangesIn, type Hit } from "./find";

/**
 * Marks what was found, by the browser's own highlights: the messages are not drawn again for it. Those
 * that come into the page later are marked as they come.
 */
export function useHighlights(
  scroller: RefObject<HTMLElement | null>,
  query: string,
  current: Hit | null,
): void {
  useEffect(() => {
    const root = scroller.current;
    // A browser that has none goes to the messages all the same.
    if (!root || !("highlights" in CSS)) return;
    const mark = () => {
      const found = new Highlight();
      const now = new Highlight();
      // Over the others, of which it is one.
      now.priority = 1;
      for (const article of root.querySelectorAll<HTMLElement>("[data-entry] > article")) {
        const ranges = rangesIn(article, query);
        for (const range of ranges) found.add(range);
        const isHere = current !== null && article.parentElement?.dataset["entry"] === current.key;
        const range = isHere ? (ranges[current.nth] ?? ranges.at(-1)) : undefined;
        if (range) now.add(range);
      }
      CSS.highlights.set("found", found);
      CSS.highlights.set("found-now", now);
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      CSS.highlights.delete("found");
      CSS.highlights.delete("found-now");
    };
  }, [scroller, query, current]);
}
