/** The one way from a question to its answer: new, edited, answered again, gone on with, compared. */
import { t } from "@lingui/core/macro";

import type { ChatEvent, ChatRequest, RunStartedEvent } from "@/contract/contract.gen";
import { problemOf, UnreachedError } from "@/contract/errors";
import { stream } from "@/contract/stream";

import { clearStoredDraft } from "../composer/drafts";
import { addToQueue } from "../queue/queue";
import { createDeltas } from "./deltas";
import type { TurnHooks } from "./hooks";
import { canWait, keepTurn, sendKeptAgain, sentOf } from "./keep";
import { nextStep, noteStep, startPace } from "./pace";
import { ended, receive, type Change } from "./receive";
import { stopWaiting } from "./stop";
import { thinkingWith } from "./thinking";
import {
  changeTurn,
  dropTurn,
  findTurn,
  newTurn,
  putTurn,
  turnStore,
  type Asked,
  type Turn,
} from "./turns";

/** Puts a turn on the screen that `send` sends. */
export function prepare(conversationId: string, asked: Asked, known: Partial<Turn> = {}): Turn {
  const requestId = crypto.randomUUID();
  const turn = newTurn({
    requestId,
    phase: "sending",
    asked,
    branchId: asked.fork && asked.action !== "continue" ? `new-${requestId}` : asked.branchId,
    question: asked.action === "answer" || asked.action === "continue" ? null : asked.text,
    model: asked.model,
    ...known,
  });
  putTurn(conversationId, turn);
  return turn;
}

export async function ask(
  conversationId: string,
  asked: Asked,
  known: Partial<Turn>,
  hooks: TurnHooks,
): Promise<void> {
  await send(conversationId, prepare(conversationId, asked, known), hooks);
}

/** Puts a question on the screen that goes when there is a connection, behind those that wait already. */
export async function askLater(
  conversationId: string,
  asked: Asked,
  known: Partial<Turn>,
  hooks: TurnHooks,
): Promise<void> {
  const turn = prepare(conversationId, asked, { ...known, phase: "waiting", isKept: true });
  hooks.onSent(sentOf(conversationId, turn.requestId, asked));
  await keepTurn(conversationId, turn);
}

/** Sends a refused turn again under the same request id: it never becomes two. */
export async function askAgain(
  conversationId: string,
  turn: Turn,
  model: string,
  hooks: TurnHooks,
): Promise<void> {
  if (!turn.asked) return;
  if (turn.isKept) return sendKeptAgain(conversationId, turn, model);
  const asked = { ...turn.asked, model };
  const { afterSeq, text, reasoning, answerId } = turn;
  dropTurn(conversationId, turn.requestId);
  const again = prepare(conversationId, asked, {
    afterSeq,
    text,
    reasoning,
    answerId,
    // A request id names one request for good: another model makes another one.
    ...(turn.asked.model === model ? { requestId: turn.requestId, branchId: turn.branchId } : {}),
  });
  await send(conversationId, again, hooks);
}

function requestOf(conversationId: string, requestId: string, asked: Asked): ChatRequest {
  const { action, isNew, folderId, branchId, messageId, text, model, comparing, wish } = asked;
  return {
    requestId,
    conversationId,
    newConversation: isNew,
    ...(isNew && folderId ? { folderId } : {}),
    branchId,
    action,
    ...(messageId === null ? {} : { messageId }),
    ...(text === null ? {} : { text }),
    model,
    comparing,
    // The answer that is there may have come from the cache.
    ...(action === "answer" ? { cache: false } : {}),
    ...(wish ? { wish } : {}),
  };
}

/** Sends a prepared turn and receives its answer. */
export async function send(
  conversationId: string,
  turn: Turn,
  hooks: TurnHooks,
  onStarted?: (event: RunStartedEvent) => void,
): Promise<void> {
  const { requestId, asked } = turn;
  if (!asked) return;
  const isColumn = asked.comparing && asked.action === "answer";
  const change: Change = (next) => changeTurn(conversationId, requestId, next);
  startPace();
  const deltas = createDeltas((added) => {
    noteStep();
    change((current) => ({
      text: current.text + added.text,
      reasoning: current.reasoning + added.reasoning,
      thinking: thinkingWith(current, added),
      waiting: null,
    }));
  });
  if (!isColumn) {
    const opens = turn.branchId === asked.branchId ? null : turn.branchId;
    hooks.onSent({ ...sentOf(conversationId, requestId, asked), opens });
  }
  const onEvent = (event: ChatEvent) => {
    receive(event, deltas, change);
    if (event.type !== "run-started") return;
    if (asked.action === "ask") clearStoredDraft(conversationId, asked.text);
    dropOthers(conversationId, requestId, event.runId);
    if (!isColumn && event.branchId !== asked.branchId) hooks.onBranch(requestId, event.branchId);
    stopWaiting(conversationId, requestId);
    onStarted?.(event);
  };
  const onEvents = (events: ChatEvent[]) => {
    events.forEach(onEvent);
    deltas.flush();
  };
  try {
    const request = requestOf(conversationId, requestId, asked);
    const result = await stream("chat", request, onEvents, nextStep);
    change((current) => ended(current, result));
    hooks.onEnded(requestId, result.runId);
  } catch (error) {
    failed(conversationId, requestId, error, hooks);
  }
}

/** A run that this tab began to follow before it knew it for its own. */
function dropOthers(conversationId: string, requestId: string, runId: string): void {
  for (const turn of turnStore(conversationId).getState().turns) {
    if (turn.runId === runId && turn.requestId !== requestId) {
      dropTurn(conversationId, turn.requestId);
    }
  }
}

function failed(conversationId: string, requestId: string, error: unknown, hooks: TurnHooks): void {
  const turn = findTurn(conversationId, requestId);
  if (!turn?.asked) return;
  if (turn.runId !== null) {
    // The run outlives the connection: from here on it is read from Firestore.
    if (turn.phase === "streaming") {
      changeTurn(conversationId, requestId, {
        phase: "following",
        waiting: t`The connection broke; reading on …`,
        announced: null,
      });
    }
    hooks.onEnded(requestId);
    return;
  }
  if (error instanceof UnreachedError && canWait(turn.asked)) {
    if (turn.isKept) changeTurn(conversationId, requestId, { phase: "waiting" });
    else void keepTurn(conversationId, turn);
    return;
  }
  // What is kept stays where it can be found.
  if (!turn.isKept) hooks.onRefused(requestId);
  const { action, text, model, branchId, comparing } = turn.asked;
  const problem = problemOf(error);
  const isBusy = problem.details?.reason === "run-active";
  if (isBusy && action === "ask" && text !== null && !comparing) {
    // Another tab or device was quicker.
    dropTurn(conversationId, requestId);
    void addToQueue(conversationId, { branchId, text, model });
    return;
  }
  changeTurn(conversationId, requestId, {
    phase: "refused",
    isStopping: false,
    problem,
  });
}
