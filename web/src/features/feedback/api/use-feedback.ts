import { useCallback, useEffect } from "react";

import { useAsk } from "@/contract/ask";
import { call } from "@/contract/call";
import type { Feedback } from "@/contract/contract.gen";

const read = (days: number) => call("feedback.read", { days });

interface Read {
  feedback: Feedback | null;
  problem: string | null;
  again: () => void;
}

/** What administrators read of the last days; `feedback` and `problem` null while it is asked for. */
export function useFeedback(days: number): Read {
  const { ask, answer, error, isPending } = useAsk(read);
  const again = useCallback(() => ask(days), [ask, days]);
  useEffect(again, [again]);
  return {
    feedback: answer?.input === days ? answer.output : null,
    problem: isPending ? null : (error?.message ?? null),
    again,
  };
}
