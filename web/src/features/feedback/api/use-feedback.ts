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
export function useFeedback(days: number): Read & { again: () => void } {
  const [read, setRead] = useState<Read | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
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
  }, [days, tries]);
  const again = useCallback(() => {
    setRead(null);
    setTries((before) => before + 1);
  }, []);
  const isThis = read?.days === days;
  return {
    days,
    feedback: isThis ? read.feedback : null,
    problem: isThis ? read.problem : null,
    again,
  };
}
