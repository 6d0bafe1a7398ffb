import { t } from "@lingui/core/macro";
import { useState } from "react";

import type { Entry } from "./entries";

/**
 * Tells a screen reader that an answer has begun, what it waits for, and that it has ended; its words
 * are not read out as they come, nor how the seconds pass.
 */
export function Progress({
  isWriting,
  isStopping,
  last,
}: {
  isWriting: boolean;
  isStopping: boolean;
  /** The last entry of the thread. */
  last: Entry | undefined;
}) {
  const waiting = last?.kind === "answer" && last.waiting ? (last.announced ?? last.waiting) : null;
  const now = isStopping ? "stopping" : isWriting ? (waiting ?? "writing") : "idle";
  const [known, setKnown] = useState({ now: "idle", said: "" });
  if (known.now !== now) {
    const isStopped = last?.kind === "answer" && last.state === "stopped";
    const ended = isStopped ? t`The answer was stopped.` : t`The answer is finished.`;
    const said: Record<string, string> = {
      idle: ended,
      writing: t`The answer is being written.`,
      stopping: t`Stopping.`,
    };
    setKnown({ now, said: said[now] ?? now });
  }
  return (
    <p role="status" className="sr-only">
      {known.said}
    </p>
  );
}
