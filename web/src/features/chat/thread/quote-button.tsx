import { t } from "@lingui/core/macro";
import { TextQuote } from "lucide-react";
import { useEffect, useState, type RefObject } from "react";

import { Button } from "@/ui/button";
import { runCommand } from "@/ui/commands";

import { selectedText } from "./quote";

const gap = 8;
const width = 92;

interface Place {
  left: number;
  top: number;
}

/** Offers to quote what has been selected of the messages, beside where the selection ends. */
export function QuoteButton({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const root = scroller.current;
    if (!root) return;
    const look = () => setPlace(placeOf(root));
    const hide = () => setPlace(null);
    // While the pointer is down the selection is still being made.
    document.addEventListener("pointerup", look);
    document.addEventListener("keyup", look);
    root.addEventListener("scroll", hide, { passive: true });
    return () => {
      document.removeEventListener("pointerup", look);
      document.removeEventListener("keyup", look);
      root.removeEventListener("scroll", hide);
    };
  }, [scroller]);
  if (place === null) return null;
  return (
    <Button
      ref={(button) => {
        // No inline style: the policy of the page has none.
        button?.style.setProperty("left", `${place.left}px`);
        button?.style.setProperty("top", `${place.top}px`);
      }}
      className="fixed z-20 shadow-low"
      // It must not take the selection away before the click.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        runCommand("quote");
        setPlace(null);
      }}
    >
      <TextQuote size={16} aria-hidden />
      {t`Quote`}
    </Button>
  );
}

function placeOf(root: HTMLElement): Place | null {
  if (selectedText(root) === "") return null;
  const rects = getSelection()?.getRangeAt(0).getClientRects();
  const last = rects?.[rects.length - 1];
  if (!last) return null;
  const { top, bottom } = root.getBoundingClientRect();
  if (last.bottom < top || last.bottom > bottom) return null;
  return {
    left: Math.max(gap, Math.min(last.right - width / 2, innerWidth - width - gap)),
    top: Math.min(last.bottom + gap, bottom - 44),
  };
}
