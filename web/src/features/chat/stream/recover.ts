import { useEffect } from "react";

import { call } from "@/contract/call";

/** A run that lives writes a segment every 10 s, and is taken for lost after 30 s without one. */
const silentMs = 35_000;
const againMs = 30_000;

/**
 * Asks the backend to see to a run that this tab follows and that shows no sign of life: at once
 * when it is taken for lost, and again while that brings nothing. `signs` grows with each segment.
 */
export function useRecovery(runId: string | null, signs: number): void {
  useEffect(() => {
    if (runId === null) return;
    let timer = setTimeout(recover, silentMs);
    function recover() {
      timer = setTimeout(recover, againMs);
      call("runs.recover", { runId: runId ?? "" }).catch(() => {
        // It is asked again; whoever else watches asks as well, and so does the sweep.
      });
    }
    return () => clearTimeout(timer);
    // A sign of life begins the wait again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [runId, signs]);
}
