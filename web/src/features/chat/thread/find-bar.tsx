import { t } from "@lingui/core/macro";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import {
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from "react";

import { formatNumber } from "@/i18n/format";
import { IconButton } from "@/ui/button";

import type { Entry } from "./entries";
import { findHits, rangesIn, type Hit } from "./find";
import type { Reveal } from "./reveal";
import { useHighlights } from "./use-highlights";

/**
 * Finds in all messages, also those that are not in the page, where the browser's own search does not
 * look. `older` loads the messages before the first one; null where all are there.
 */
export default function FindBar({
  entries,
  scroller,
  reveal,
  older,
  onClose,
}: {
  entries: readonly Entry[];
  scroller: RefObject<HTMLElement | null>;
  reveal: Reveal;
  older: { count: number; load: () => void } | null;
  onClose: () => void;
}) {
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const hits = useMemo(() => findHits(entries, wanted), [entries, wanted]);
  const [current, setCurrent] = useState<Hit | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    before.current = document.activeElement as HTMLElement | null;
    input.current?.focus();
  }, []);
  useHighlights(scroller, wanted, current);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [thread, own] = [scroller.current, bar.current];
    if (!thread || !own) return;
    // It has its own place, so that it covers nothing at the beginning; elsewhere nothing moves.
    if (thread.scrollTop > 0) thread.scrollTop += own.offsetHeight;
    return () => {
      thread.scrollTop -= own.offsetHeight;
    };
  }, [scroller]);
  const index = current === null ? -1 : hits.findIndex((hit) => isSame(hit, current));

  function go(hit: Hit | undefined) {
    setCurrent(hit ?? null);
    if (hit) reveal(hit.key, (article) => showHit(article, query, hit.nth));
  }
  function step(by: 1 | -1) {
    // Enter may come before what was typed has been looked for.
    const found = query === wanted ? hits : findHits(entries, query);
    go(index === -1 ? found.at(by === 1 ? 0 : -1) : found.at((index + by) % found.length));
  }
  function close() {
    before.current?.focus();
    onClose();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) close();
    if (event.key === "Enter" && event.shiftKey && event.target === input.current) {
      event.preventDefault();
      step(-1);
    }
  }

  return (
    <div ref={bar} className="pointer-events-none sticky top-2 z-10 pb-4">
      <form
        role="search"
        aria-label={t`Find in the conversation`}
        className="pointer-events-auto ms-auto flex w-full max-w-96 flex-wrap items-center gap-x-1 rounded-card border border-line bg-raised p-1.5 shadow-high"
        onSubmit={(event) => {
          event.preventDefault();
          step(1);
        }}
      >
        <input
          ref={input}
          aria-label={t`Find in the conversation`}
          placeholder={t`Find in the conversation`}
          value={query}
          className="h-9 w-44 min-w-0 flex-1 bg-transparent px-2.5 text-sm outline-none max-sm:text-md"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setCurrent(null);
          }}
        />
        <span role="status" className="px-1 text-xs text-ink-muted tabular-nums">
          {wanted.trim() === "" ? "" : countText(hits.length, index)}
        </span>
        <IconButton
          label={t`Previous place`}
          size="small"
          onKeyDown={onKeyDown}
          onClick={() => step(-1)}
        >
          <ChevronUp size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t`Next place`}
          size="small"
          onKeyDown={onKeyDown}
          onClick={() => step(1)}
        >
          <ChevronDown size={16} aria-hidden />
        </IconButton>
        <IconButton label={t`Close`} size="small" onKeyDown={onKeyDown} onClick={close}>
          <X size={16} aria-hidden />
        </IconButton>
        {older ? (
          <button
            type="button"
            className="w-full rounded-control px-2.5 py-1 text-start text-xs text-ink-muted underline hover:bg-hover touch:min-h-11"
            onClick={older.load}
          >
            {t`Only the last ${{ searched: formatNumber(entries.length) }} messages are searched. Search the ${{ older: formatNumber(older.count) }} before them`}
          </button>
        ) : null}
      </form>
    </div>
  );
}

function isSame(a: Hit, b: Hit): boolean {
  return a.key === b.key && a.nth === b.nth;
}

function countText(count: number, index: number): string {
  if (count === 0) return t`Nothing found`;
  return index === -1
    ? t`${{ count: formatNumber(count) }} found`
    : t`${{ position: formatNumber(index + 1) }} of ${{ count: formatNumber(count) }}`;
}

/** Scrolls within a message that is longer than the screen. */
function showHit(article: HTMLElement, query: string, nth: number): void {
  const ranges = rangesIn(article, query);
  const range = ranges[nth] ?? ranges.at(-1);
  range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
}
