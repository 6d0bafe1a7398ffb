import { call, type UnaryName } from "@/contract/call";
import type { ForkConversation, Operations } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { addPatch, dropPatch, settlePatch, type Patch } from "../state/patches";
import type { Conversation } from "./conversations";

type WriteName = Extract<
  UnaryName,
  `conversations.${"rename" | "delete" | "restore" | "openBranch" | "choose"}`
>;

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
  const { requestId } = input;
  try {
    const { updatedAt } = await call(name, input);
    settlePatch(requestId, new Date(updatedAt));
    return true;
  } catch (error) {
    dropPatch(requestId);
    notify(refusal, { detail: error instanceof OperationError ? error.message : String(error) });
    return false;
  }
}

export function renameConversation(conversation: Conversation, title: string): void {
  const trimmed = title.trim();
  if (trimmed === "" || trimmed === conversation.title) return;
  void write(
    "conversations.rename",
    { requestId: crypto.randomUUID(), conversationId: conversation.id, title: trimmed },
    { change: { title: trimmed } },
    "The conversation was not renamed.",
  );
}

/** Hides it at once; for ten seconds there is a way back. */
export function deleteConversation(conversation: Conversation, onUndo?: () => void): void {
  void write(
    "conversations.delete",
    { requestId: crypto.randomUUID(), conversationId: conversation.id },
    { change: { state: "deleted" } },
    "The conversation was not deleted.",
  );
  notify(`“${shorten(conversation.title)}” deleted.`, {
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
    "The conversation was not restored.",
  );
}

const openings = new Map<string, Promise<boolean>>();

/** Shows a branch at once, here and on every device. Who pages quickly ends where they stopped. */
export function openBranch(conversationId: string, branchId: string): void {
  const requestId = crypto.randomUUID();
  addPatch({ requestId, conversationId, change: { activeBranch: branchId } });
  const opening = (openings.get(conversationId) ?? Promise.resolve(true)).then(() =>
    send(
      "conversations.openBranch",
      { requestId, conversationId, branchId },
      "The other version could not be opened.",
    ),
  );
  openings.set(conversationId, opening);
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
    "The answer was not chosen.",
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
    notify("The conversation was not copied.", {
      detail: error instanceof OperationError ? error.message : String(error),
    });
    return null;
  }
}

function shorten(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}
