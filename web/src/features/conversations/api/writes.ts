import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import type { ForkConversation, Operations } from "@/contract/contract.gen";
import { problemOf, UnreachedError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { addPatch, dropPatch, settlePatch, type Patch } from "../state/patches";
import type { Conversation } from "./conversations";
import {
  isBehindKept,
  keepWrite,
  keepWriteMeanwhile,
  type SeveralName,
  type WriteName,
} from "./outbox";

/** Shows the patch at once, sends the operation, and takes the patch back when it is refused. */
async function write<Name extends WriteName>(
  name: Name,
  input: Operations[Name]["input"],
  patch: Pick<Patch, "change" | "put">,
  refusal: string,
): Promise<boolean> {
  const { requestId, conversationId } = input;
  addPatch({ requestId, conversationId, ...patch });
  return send(name, input, refusal);
}

/** Sends what a patch shows already. */
async function send<Name extends WriteName>(
  name: Name,
  input: Operations[Name]["input"],
  refusal: string,
): Promise<boolean> {
  const problem = await settle(name, input);
  if (problem !== null) notify(refusal, { detail: problem });
  return problem === null;
}

/** The same, but says why it was refused; null when it was not, or waits for a connection. */
export async function settle<Name extends WriteName | SeveralName>(
  name: Name,
  input: Operations[Name]["input"],
): Promise<string | null> {
  const { requestId } = input;
  // What follows something that waits has to wait as well.
  if (isBehindKept(requestId) && (await keepWrite(name, input))) return null;
  const meanwhile = keepWriteMeanwhile(name, input);
  try {
    const { changedAt } = await call(name, input);
    settlePatch(requestId, new Date(changedAt));
    meanwhile.end();
    return null;
  } catch (error) {
    if (error instanceof UnreachedError && (await meanwhile.handOver())) return null;
    meanwhile.end();
    dropPatch(requestId);
    return problemOf(error).message;
  }
}

const sendings = new Map<string, Promise<boolean>>();

/** Sends when what was sent like this about the same has been answered. */
function sendInTurn<Name extends WriteName>(
  about: string,
  name: Name,
  input: Operations[Name]["input"],
  refusal: string,
): void {
  const before = sendings.get(about) ?? Promise.resolve(true);
  const sending = before.then(() => send(name, input, refusal));
  sendings.set(about, sending);
}

export function renameConversation(conversation: Conversation, title: string): void {
  const trimmed = title.trim();
  if (trimmed === "" || trimmed === conversation.title) return;
  void write(
    "conversations.rename",
    { requestId: crypto.randomUUID(), conversationId: conversation.id, title: trimmed },
    { change: { title: trimmed } },
    t`The conversation was not renamed.`,
  );
}

/** Hides it at once; for ten seconds there is a way back. */
export function deleteConversation(conversation: Conversation, onUndo?: () => void): void {
  void write(
    "conversations.delete",
    { requestId: crypto.randomUUID(), conversationId: conversation.id },
    { change: { state: "deleted" } },
    t`The conversation was not deleted.`,
  );
  notify(t`“${{ title: shorten(conversation.title) }}” deleted.`, {
    undo: () => {
      restoreConversation(conversation);
      onUndo?.();
    },
  });
}

export function restoreConversation(conversation: Conversation): void {
  void write(
    "conversations.restore",
    { requestId: crypto.randomUUID(), conversationId: conversation.id },
    { change: { state: "active" }, put: { ...conversation, state: "active" } },
    t`The conversation was not restored.`,
  );
}

/** Shows a branch at once, here and on every device. Who pages quickly ends where they stopped. */
export function openBranch(conversationId: string, branchId: string): void {
  const requestId = crypto.randomUUID();
  addPatch({ requestId, conversationId, change: { activeBranch: branchId } });
  sendInTurn(
    conversationId,
    "conversations.openBranch",
    { requestId, conversationId, branchId },
    t`The other version could not be opened.`,
  );
}

/** Keeps a message among what the model is sent, or lets it go. */
export function pinMessage(
  { id: conversationId, pinned }: Pick<Conversation, "id" | "pinned">,
  messageId: string,
  isPinned: boolean,
): void {
  const requestId = crypto.randomUUID();
  const others = pinned.filter((other) => other !== messageId);
  const change = { pinned: isPinned ? [...others, messageId] : others };
  addPatch({ requestId, conversationId, change });
  sendInTurn(
    `${conversationId}/${messageId}`,
    "conversations.pin",
    { requestId, conversationId, messageId, pinned: isPinned },
    isPinned ? t`The message was not pinned.` : t`The message is still pinned.`,
  );
}

/** Ends a comparison; says whether that went well. */
export function chooseAnswer(
  conversationId: string,
  messageId: string,
  branchId: string,
): Promise<boolean> {
  return write(
    "conversations.choose",
    { requestId: crypto.randomUUID(), conversationId, messageId, branchId },
    { change: { activeBranch: branchId } },
    t`The answer was not chosen.`,
  );
}

/** Copies into a new conversation and gives its id; null when that was refused, which is said. */
export async function forkConversation(
  conversationId: string,
  scope: ForkConversation["scope"],
  messageId: string,
): Promise<string | null> {
  const newConversationId = crypto.randomUUID();
  try {
    await call("conversations.fork", {
      requestId: crypto.randomUUID(),
      conversationId,
      newConversationId,
      scope,
      messageId,
    });
    return newConversationId;
  } catch (error) {
    notify(t`The conversation was not copied.`, {
      detail: problemOf(error).message,
    });
    return null;
  }
}

function shorten(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}
