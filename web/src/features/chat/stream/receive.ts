/** What the events of a stream do to its turn. */
import { t } from "@lingui/core/macro";

import type {
  AttemptFailedEvent,
  ChatEvent,
  ChatResult,
  RunStartedEvent,
} from "@/contract/contract.gen";
import { tellProblem } from "@/contract/problem-text";
import { formatNumber } from "@/i18n/format";

import type { Deltas } from "./deltas";
import type { Turn } from "./turns";

export type Change = (next: Partial<Turn> | ((turn: Turn) => Partial<Turn>)) => void;

export function receive(event: ChatEvent, deltas: Deltas, change: Change): void {
  switch (event.type) {
    case "run-started":
      change((turn) => started(turn, event));
      break;
    case "text-delta":
      deltas.add("text", event.text);
      break;
    case "reasoning-delta":
      deltas.add("reasoning", event.text);
      break;
    case "attempt-failed":
      deltas.flush();
      attemptFailed(event, change);
      break;
    case "call-waiting": {
      const { title, position, seconds } = event;
      change({
        waiting: t`Waiting for ${title}: position ${{ position: formatNumber(position) }}, about ${{ seconds: formatNumber(seconds) }} s`,
        announced: t`Waiting for ${title}: position ${{ position: formatNumber(position) }}`,
      });
      break;
    }
    case "run-finished":
      deltas.flush();
      // The stream may stay open for what follows the answer, such as its title.
      change({
        ...(event.state === "running"
          ? {}
          : { phase: "ended", state: event.state, isStopping: false }),
        waiting: null,
        problem: event.problem,
        receipt: event.receipt,
      });
      break;
  }
}

function started(turn: Turn, event: RunStartedEvent): Partial<Turn> {
  return {
    phase: "streaming",
    runId: event.runId,
    branchId: event.branchId,
    questionId: event.questionId,
    answerId: event.answerId,
    // Of an answer that is gone on with; what cannot be gone on with is written anew.
    text: turn.text.slice(0, event.textStart),
    ...(event.textStart === 0 ? { reasoning: "" } : {}),
  };
}

/** `nextModel` names the model that goes on: the same one for a retry. */
function attemptFailed(
  { attempt, retryInMs, nextModel }: AttemptFailedEvent,
  change: Change,
): void {
  if (nextModel && nextModel !== attempt.model) {
    change({ waiting: null, handover: { from: attempt.model, to: nextModel } });
    return;
  }
  const before = retryText(t`the model did not answer`, retryInMs);
  change({ waiting: before, announced: null });
  tellProblem(attempt, (why) => {
    if (why === null) return;
    // Only while it is still being waited for.
    change(({ waiting }) => (waiting === before ? { waiting: retryText(why, retryInMs) } : {}));
  });
}

function retryText(why: string, retryInMs: number | null): string | null {
  if (retryInMs === null) return null;
  const because = why.replace(/[.。]$/, "");
  const seconds = Math.ceil(retryInMs / 1000);
  return seconds > 0
    ? t`Trying again in ${{ seconds: formatNumber(seconds) }} s: ${because}`
    : t`Trying again: ${because}`;
}

export function ended(turn: Turn, result: ChatResult): Partial<Turn> {
  if (result.state === "running") return { phase: "following" };
  return {
    phase: "ended",
    isStopping: false,
    runId: result.runId,
    questionId: result.questionId,
    answerId: result.answerId,
    // An attached request streams nothing that was written before: the result has it all.
    text: result.text.length > turn.text.length ? result.text : turn.text,
    reasoning: result.reasoning.length > turn.reasoning.length ? result.reasoning : turn.reasoning,
    waiting: null,
    state: result.state,
    problem: result.problem,
    receipt: result.receipt,
  };
}
