/** How kept questions are shown, and sent once there is a connection. */
import { call } from "@/contract/call";
import { problemOf, UnreachedError } from "@/contract/errors";
import type { Delivery, Kept, Part } from "@/contract/outbox";

import { noteQueued } from "../queue/queue";
import { send } from "./ask";
import type { TurnHooks } from "./hooks";
import { sentOf, type KeptQuestion } from "./keep";
import { changeTurn, dropTurn, findTurn, keptTurns, newTurn, putTurn } from "./turns";

function restore({ requestId, conversationId, view, problem }: Kept, hooks: TurnHooks): void {
  const { asked, afterSeq } = view as KeptQuestion;
  const { text, model, branchId } = asked;
  hooks.onSent(sentOf(conversationId, requestId, asked));
  const phase = problem ? "refused" : "waiting";
  putTurn(
    conversationId,
    newTurn({
      requestId,
      phase,
      asked,
      branchId,
      question: text,
      model,
      afterSeq,
      problem,
      isKept: true,
    }),
  );
}

function show(kept: readonly Kept[], hooks: TurnHooks): void {
  const ids = new Set(kept.map(({ requestId }) => requestId));
  for (const [conversationId, { requestId, phase }] of keptTurns()) {
    // Another tab has sent it, or taken it back.
    if (ids.has(requestId) || phase === "sending" || phase === "streaming") continue;
    dropTurn(conversationId, requestId);
    hooks.onEnded(requestId);
  }
  for (const one of kept) {
    const turn = findTurn(one.conversationId, one.requestId);
    if (!turn) restore(one, hooks);
    else if (one.problem && turn.phase === "waiting") {
      changeTurn(one.conversationId, one.requestId, { phase: "refused", problem: one.problem });
    }
  }
}

/** The first question of a conversation: its answer is streamed to this tab. */
async function begin({ requestId, conversationId }: Kept, hooks: TurnHooks): Promise<Delivery> {
  const turn = findTurn(conversationId, requestId);
  if (!turn) return "unreached";
  const sending = { ...turn, phase: "sending" as const, problem: null };
  putTurn(conversationId, sending);
  await new Promise<void>((begun) => {
    const over = send(conversationId, sending, hooks, () => begun());
    void over.finally(begun);
  });
  const now = findTurn(conversationId, requestId);
  if (now?.phase === "waiting") return "unreached";
  if (now?.phase === "refused" && now.problem) return now.problem;
  changeTurn(conversationId, requestId, { isKept: false });
  return "delivered";
}

/** A further one goes to the conversation's queue, which asks it when it is its turn. */
async function follow(
  { requestId, conversationId, view }: Kept,
  hooks: TurnHooks,
): Promise<Delivery> {
  const { branchId, model, ...asked } = (view as KeptQuestion).asked;
  const question = { requestId, branchId, text: asked.text ?? "", model };
  changeTurn(conversationId, requestId, { phase: "sending" });
  try {
    const { entryId } = await call("queue.add", { conversationId, ...question });
    noteQueued(conversationId, question, entryId);
    dropTurn(conversationId, requestId);
    hooks.onEnded(requestId);
    return "delivered";
  } catch (error) {
    if (error instanceof UnreachedError) {
      changeTurn(conversationId, requestId, { phase: "waiting" });
      return "unreached";
    }
    const problem = problemOf(error);
    changeTurn(conversationId, requestId, { phase: "refused", problem });
    return problem;
  }
}

export function keptQuestions(hooks: TurnHooks): Part {
  return {
    show: (kept) => show(kept, hooks),
    deliver: (kept) =>
      (kept.view as KeptQuestion).asked.isNew ? begin(kept, hooks) : follow(kept, hooks),
  };
}
