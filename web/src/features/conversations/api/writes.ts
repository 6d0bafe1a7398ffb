import { call, type UnaryName } from "@/contract/call";
import type { Operations } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { addPatch, dropPatch, settlePatch, type Patch } from "../state/patches";
import type { Conversation } from "./conversations";

type WriteName = Extract<UnaryName, `conversations.${"rename" | "delete" | "restore"}`>;

/** Shows the patch at once, sends the operation, and takes the patch back when it is refused. */
async function write<Name extends WriteName>(
  name: Name,
  input: Operations[Name]["input"],
  patch: Pick<Patch, "change" | "put">,
  refusal: string,
): Promise<void> {
  const { requestId, conversationId } = input;
  addPatch({ requestId, conversationId, ...patch });
  try {
    const { updatedAt } = await call(name, input);
    settlePatch(requestId, new Date(updatedAt));
  } catch (error) {
    dropPatch(requestId);
    notify(refusal, { detail: error instanceof OperationError ? error.message : String(error) });
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

function shorten(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}
