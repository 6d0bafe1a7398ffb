import { useEffect } from "react";

import { holdsQuestion } from "./in-sight";
import { distanceToEnd, type ReadingPlace } from "./reading-place";

const nearEnd = 24;
const upwardKeys = new Set(["ArrowUp", "PageUp", "Home"]);
const downwardKeys = new Set(["ArrowDown", "PageDown", "End", " "]);

/** Lets go at the first sign that the reader wants to read elsewhere, and follows the end once they are there. */
export function useSigns(place: ReadingPlace): void {
  useEffect(() => {
    const { pinned, held, leaving } = place;
    const element = place.scroller.current;
    const grows = place.content.current;
    if (!element || !grows) return;
    let dragging = false;
    let lastTop = element.scrollTop;
    const letGo = () => {
      if (distanceToEnd(element) > 0 || element.scrollHeight > element.clientHeight) {
        place.letGo();
      }
    };
    const turn = (upwards: boolean) => {
      // Below a question that is held there may be more to read.
      if (upwards || held.current) letGo();
      leaving.current = upwards;
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
        letGo();
        leaving.current = false;
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
        leaving.current = false;
        if (dragging) held.current = false;
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
        if (!isNear) leaving.current = false;
        if (dragging && element.scrollTop < lastTop) pinned.current = false;
        else if (isNear && !leaving.current && !holdsQuestion() && element.scrollTop > lastTop) {
          pinned.current = true;
        }
        lastTop = element.scrollTop;
        place.look();
      },
      listen,
    );
    return () => stop.abort();
  }, [place]);
}
