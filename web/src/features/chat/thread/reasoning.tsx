import { t } from "@lingui/core/macro";
import { ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";

import type { AnswerEntry } from "./entries";
import { wholeSeconds } from "./receipt-text";

/** What a model thought before it wrote, folded, with how long: as it was seen here, then by the receipt. */
export function Reasoning({
  entry: { text, reasoning, thinking, isWriting, receipt },
}: {
  entry: AnswerEntry;
}) {
  const isThinking = isWriting && text === "";
  const now = useNow(isThinking && thinking !== null);
  const seen = thinking && (thinking.until ?? now) - thinking.since;
  const ms = receipt ? receipt.reasoningMs : seen;
  return (
    <details className="group/reasoning mb-3">
      <summary className="-ms-1.5 inline-flex cursor-pointer list-none items-center gap-1 rounded-md px-1.5 py-1 text-sm text-ink-muted tabular-nums hover:bg-hover hover:text-ink touch:min-h-11">
        <ChevronRight
          size={16}
          aria-hidden
          className="transition-transform group-open/reasoning:rotate-90 rtl:-scale-x-100 rtl:group-open/reasoning:-rotate-90"
        />
        {isThinking ? thinkingText(seen) : typeof ms === "number" ? thoughtText(ms) : t`Reasoning`}
      </summary>
      <p
        dir="auto"
        className="mt-1 max-h-80 overflow-y-auto border-s-2 border-line ps-4 text-sm whitespace-pre-wrap text-ink-muted"
      >
        {reasoning}
      </p>
    </details>
  );
}

function thinkingText(ms: number | null): string {
  return ms === null || ms < 1000 ? t`Reasoning …` : t`Reasoning … ${{ time: wholeSeconds(ms) }}`;
}

function thoughtText(ms: number): string {
  return t`Thought for ${{ time: wholeSeconds(ms) }}`;
}

/** `performance.now()`, anew each second while it goes on. */
function useNow(isOn: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [isOn]);
  return now;
}
