import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";

import { Disclosure } from "@/ui/disclosure";

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
    <Disclosure
      size="normal"
      className="mb-3"
      summary={
        isThinking ? thinkingText(seen) : typeof ms === "number" ? thoughtText(ms) : t`Reasoning`
      }
    >
      <p
        dir="auto"
        className="mt-1 max-h-80 overflow-y-auto border-s-2 border-line ps-4 text-sm whitespace-pre-wrap text-ink-muted"
      >
        {reasoning}
      </p>
    </Disclosure>
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
