/** Questions that wait in this browser until there is a connection. */
import { t } from "@lingui/core/macro";

import { keep, sendAgain, takeBack } from "@/contract/outbox";

import { clearStoredDraft, writeDraft } from "../composer/drafts";
import type { Sent, TurnHooks } from "./hooks";
import { changeTurn, dropTurn, findTurn, turnStore, type Asked, type Turn } from "./turns";

export const questionKind = "question";

/** What is kept of a question. */
export interface KeptQuestion {
  asked: Asked;
  afterSeq: number;
}

/** Only a question that goes on with its branch can wait: what else is asked for depends on what is there. */
export function canWait({ action, comparing }: Asked): boolean {
  return action === "ask" && !comparing;
}

/** What is told of a question that makes no branch. */
export function sentOf(
  conversationId: string,
  requestId: string,
  { text, model, isNew, folderId = null }: Asked,
): Sent {
  return { requestId, conversationId, text: text ?? "", model, isNew, opens: null, folderId };
}

/** Keeps a question that is on the screen. Where the browser keeps nothing it goes back to the composer. */
export async function keepTurn(conversationId: string, turn: Turn): Promise<void> {
  const { requestId, asked, afterSeq, question } = turn;
  if (!asked) return;
  changeTurn(conversationId, requestId, {
    phase: "waiting",
    isKept: true,
    isStopping: false,
    isArriving: true,
  });
  const view: KeptQuestion = { asked, afterSeq };
  try {
    await keep({ requestId, conversationId, kind: questionKind, view });
    clearStoredDraft(conversationId, question);
    changeTurn(conversationId, requestId, { isArriving: false });
  } catch {
    dropTurn(conversationId, requestId);
    writeDraft(
      conversationId,
      question ?? "",
      t`There is no connection, and this browser keeps no questions. Send it again later.`,
    );
  }
}

/** Takes a question out; false where it has been sent meanwhile. */
export async function takeKept(
  conversationId: string,
  { requestId, asked }: Turn,
  hooks: TurnHooks,
): Promise<boolean> {
  if (!(await takeBack(requestId))) return false;
  if (asked?.isNew) turnStore(conversationId).setState({ isTakenBack: true });
  dropTurn(conversationId, requestId);
  hooks.onRefused(requestId);
  if (asked?.isNew) await letNextBegin(conversationId, asked, hooks);
  return true;
}

/** The conversation is begun by the first question that is left, where the one before would have. */
async function letNextBegin(
  conversationId: string,
  { folderId = null }: Asked,
  { onSent }: TurnHooks,
): Promise<void> {
  const next = turnStore(conversationId)
    .getState()
    .turns.find(({ isKept }) => isKept);
  if (!next?.asked) return;
  const { requestId, afterSeq } = next;
  const asked = { ...next.asked, isNew: true, folderId };
  changeTurn(conversationId, requestId, { asked });
  onSent(sentOf(conversationId, requestId, asked));
  const view: KeptQuestion = { asked, afterSeq };
  await sendAgain(requestId, { view });
}

/** Sends a kept question that was refused; to another model as another request. */
export async function sendKeptAgain(
  conversationId: string,
  { requestId }: Turn,
  model: string,
): Promise<void> {
  const turn = findTurn(conversationId, requestId);
  if (!turn?.asked) return;
  if (turn.asked.model === model) {
    changeTurn(conversationId, requestId, { phase: "waiting", problem: null });
    await sendAgain(requestId);
    return;
  }
  const asked = { ...turn.asked, model };
  const view: KeptQuestion = { asked, afterSeq: turn.afterSeq };
  dropTurn(conversationId, requestId);
  await sendAgain(requestId, { requestId: crypto.randomUUID(), view });
}
