import type { ChatEvent, ChatResult } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { stream } from "@/contract/stream";

import { clearStoredDraft, writeDraft } from "../composer/drafts";
import { createDeltas } from "./deltas";
import { changeTurn, dropTurn, newTurn, putTurn, turnStore, type Turn } from "./turns";

export interface Question {
  conversationId: string;
  isNew: boolean;
  text: string;
  model: string;
  /** The last number in the thread. */
  afterSeq: number;
}

/** What the rest of the app does about a turn; the route says what. */
export interface TurnHooks {
  onSent: (question: Question & { requestId: string }) => void;
  onRefused: (requestId: string) => void;
  onEnded: (requestId: string) => void;
}

/** Sends a question and receives its answer into the conversation's turns. */
export async function ask(question: Question, hooks: TurnHooks): Promise<void> {
  const requestId = crypto.randomUUID();
  putTurn(
    question.conversationId,
    newTurn({
      requestId,
      phase: "sending",
      question: question.text,
      model: question.model,
      isNew: question.isNew,
      afterSeq: question.afterSeq,
    }),
  );
  await send({ ...question, requestId }, hooks);
}

/** Sends a refused question again under the same request id: it never becomes two messages. */
export async function askAgain(
  conversationId: string,
  turn: Turn,
  model: string,
  hooks: TurnHooks,
): Promise<void> {
  if (turn.question === null) return;
  // A request id names one request for good: another model makes another one.
  const requestId = turn.model === model ? turn.requestId : crypto.randomUUID();
  dropTurn(conversationId, turn.requestId);
  const retried = newTurn({ ...turn, requestId, model, phase: "sending", problem: null });
  putTurn(conversationId, retried);
  await send(
    {
      conversationId,
      isNew: turn.isNew,
      text: turn.question,
      model,
      afterSeq: turn.afterSeq,
      requestId,
    },
    hooks,
  );
}

async function send(question: Question & { requestId: string }, hooks: TurnHooks): Promise<void> {
  const { conversationId, requestId, text, model, isNew } = question;
  const change = (next: Parameters<typeof changeTurn>[2]) =>
    changeTurn(conversationId, requestId, next);
  const deltas = createDeltas((added) =>
    change((turn) => ({
      text: turn.text + added.text,
      reasoning: turn.reasoning + added.reasoning,
      waiting: null,
    })),
  );
  hooks.onSent(question);
  try {
    const result = await stream(
      "chat",
      { requestId, conversationId, newConversation: isNew, text, model },
      (event) => receive(event, deltas, change, conversationId),
    );
    deltas.flush();
    change((turn) => ended(turn, result));
  } catch (error) {
    deltas.flush();
    failed(conversationId, requestId, error, hooks);
    return;
  }
  hooks.onEnded(requestId);
}

function receive(
  event: ChatEvent,
  deltas: ReturnType<typeof createDeltas>,
  change: (next: Partial<Turn>) => void,
  conversationId: string,
): void {
  switch (event.type) {
    case "run-started":
      clearStoredDraft(conversationId);
      change({
        phase: "streaming",
        runId: event.runId,
        questionId: event.questionId,
        answerId: event.answerId,
      });
      break;
    case "text-delta":
      deltas.add("text", event.text);
      break;
    case "reasoning-delta":
      deltas.add("reasoning", event.text);
      break;
    case "attempt-failed":
      deltas.flush();
      change({ waiting: attemptText(event.attempt.message, event.retryInMs) });
      break;
    case "run-finished":
      deltas.flush();
      // The stream may stay open for what follows the answer, such as its title.
      change({
        ...(event.state === "running" ? {} : { phase: "ended", state: event.state }),
        waiting: null,
        problem: event.problem,
        receipt: event.receipt,
      });
      break;
  }
}

function attemptText(reason: string | null, retryInMs: number | null): string | null {
  if (retryInMs === null) return null;
  const because = (reason ?? "the model did not answer").replace(/\.$/, "");
  const seconds = Math.ceil(retryInMs / 1000);
  return seconds > 0 ? `Trying again in ${seconds} s: ${because}` : `Trying again: ${because}`;
}

function ended(turn: Turn, result: ChatResult): Partial<Turn> {
  if (result.state === "running") return { phase: "following" };
  return {
    phase: "ended",
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

function failed(conversationId: string, requestId: string, error: unknown, hooks: TurnHooks): void {
  const turn = turnStore(conversationId)
    .getState()
    .turns.find((other) => other.requestId === requestId);
  if (!turn) return;
  if (turn.runId !== null) {
    // The run outlives the connection: from here on it is read from Firestore.
    changeTurn(conversationId, requestId, {
      phase: "following",
      waiting: "The connection broke; reading on …",
    });
    hooks.onEnded(requestId);
    return;
  }
  hooks.onRefused(requestId);
  if (error instanceof OperationError && error.activeRun !== null && turn.question !== null) {
    dropTurn(conversationId, requestId);
    writeDraft(conversationId, turn.question, "An answer is still being written here.");
    return;
  }
  changeTurn(conversationId, requestId, {
    phase: "refused",
    problem:
      error instanceof OperationError
        ? { status: error.status, message: error.message }
        : { status: "INTERNAL", message: "This did not work. Try again." },
  });
}
