import { useEffect } from "react";

import { call } from "@/contract/call";
import { callsNoted } from "@/contract/noted";

/** Seconds on the screen that are worth another write. */
const worthNoting = 30;
const mostSeconds = 86_400;

/**
 * Notes how long the app was on the screen and which operations were called, each time it leaves the
 * screen: under one id, so that it stays one session.
 */
export function useSession(wantsToBeCounted: boolean): void {
  useEffect(() => {
    if (!wantsToBeCounted) return undefined;
    const requestId = crypto.randomUUID();
    let seconds = 0;
    let noted = 0;
    let since = Date.now();
    const changed = () => {
      if (document.visibilityState === "visible") {
        since = Date.now();
        return;
      }
      seconds = Math.min(mostSeconds, seconds + Math.round((Date.now() - since) / 1000));
      since = Date.now();
      if (seconds - noted < worthNoting) return;
      noted = seconds;
      const { "feedback.noteSession": _, ...used } = callsNoted();
      // Nobody waits for it, and a session that is not noted harms nobody.
      call("feedback.noteSession", { requestId, seconds, used }).catch(() => {});
    };
    document.addEventListener("visibilitychange", changed);
    return () => document.removeEventListener("visibilitychange", changed);
  }, [wantsToBeCounted]);
}
