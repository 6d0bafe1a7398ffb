import { useCallback, useEffect } from "react";

import { useAsk } from "@/contract/ask";
import { call } from "@/contract/call";
import type { SummarizeUsage, UsageSummary } from "@/contract/contract.gen";

const summarize = (request: SummarizeUsage) => call("usage.summarize", request);

interface Summarized {
  /** What was answered before stays until the next answer is there, and comes with its question. */
  answer: { input: SummarizeUsage; output: UsageSummary } | null;
  error: Error | null;
  isPending: boolean;
  refresh: () => void;
}

/** Null waits. Asked again when one comes back to the page. */
export function useSummary(request: SummarizeUsage | null): Summarized {
  const { ask, answer, error, isPending } = useAsk(summarize);
  const text = request && JSON.stringify(request);
  const refresh = useCallback(() => {
    if (text !== null) ask(JSON.parse(text) as SummarizeUsage);
  }, [ask, text]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") refresh();
    };
    refresh();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [refresh]);
  return { answer, error, isPending, refresh };
}
