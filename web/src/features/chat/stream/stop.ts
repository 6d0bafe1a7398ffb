import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import { problemOf } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { changeTurn, findTurn, type Turn } from "./turns";

/**
 * Stops an answer, whoever streams it. The screen says so at once; one that has not begun is stopped
 * as soon as it has. What was written comes as it does at any end.
 */
export function stop(conversationId: string, turn: Turn): void {
  if (turn.isStopping) return;
  changeTurn(conversationId, turn.requestId, { isStopping: true });
  if (turn.runId !== null) void stopRun(conversationId, turn.requestId, turn.runId);
}

/** Stops a turn that was stopped before its run was known. */
export function stopWaiting(conversationId: string, requestId: string): void {
  const turn = findTurn(conversationId, requestId);
  if (turn?.isStopping && turn.runId !== null) {
    void stopRun(conversationId, requestId, turn.runId);
  }
}

async function stopRun(conversationId: string, requestId: string, runId: string): Promise<void> {
  try {
    await call("runs.stop", { runId });
  } catch (error) {
    changeTurn(conversationId, requestId, { isStopping: false });
    notify(t`The answer was not stopped.`, {
      detail: problemOf(error).message,
    });
  }
}
