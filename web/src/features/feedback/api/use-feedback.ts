import { useCallback, useEffect, useState } from "react";

import { call } from "@/contract/call";
import type { Feedback } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";

interface Read {
  days: number;
  feedback: Feedback | null;
  problem: string | null;
}

/** What administrators read of the last days; `feedback` and `problem` null while it is asked for. */
export function useFeedback(days: number): Omit<Read, "days"> & { again: () => void } {
  const [read, setRead] = useState<Read | null>(null);
  const ask = useCallback(() => {
    let isWanted = true;
    const show = (found: Partial<Read>) => {
      if (isWanted) setRead({ days, feedback: null, problem: null, ...found });
    };
    call("feedback.read", { days }).then(
      (feedback) => show({ feedback }),
      (error: unknown) =>
        show({ problem: error instanceof OperationError ? error.message : String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [days]);
  useEffect(ask, [ask]);
  const again = useCallback(() => {
    setRead(null);
    ask();
  }, [ask]);
  const known = read?.days === days ? read : null;
  return { feedback: known?.feedback ?? null, problem: known?.problem ?? null, again };
}
