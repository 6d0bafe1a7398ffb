/** What is done to several conversations at once. */
import { plural } from "@lingui/core/macro";

import type { Operations } from "@/contract/contract.gen";
import { notify } from "@/ui/notify";

import { addPatch, type Patch } from "../state/patches";
import type { Conversation } from "./conversations";
import type { SeveralName } from "./outbox";
import { settle } from "./writes";

/** As the operations have it. */
const mostAtOnce = 100;

/**
 * Shows all patches at once, and sends them in batches when `before` is over. A batch that is refused
 * takes its patches back; how many conversations that were is said by `refusal`.
 */
async function write<Name extends SeveralName>(
  name: Name,
  conversations: readonly Conversation[],
  {
    more,
    patchOf,
    refusal,
    before,
  }: {
    more: Omit<Operations[Name]["input"], "requestId" | "conversationIds">;
    patchOf: (conversation: Conversation) => Pick<Patch, "change" | "put">;
    refusal: (count: number) => string;
    before?: Promise<void>;
  },
): Promise<void> {
  const batches = [];
  for (let first = 0; first < conversations.length; first += mostAtOnce) {
    const batch = conversations.slice(first, first + mostAtOnce);
    const requestId = crypto.randomUUID();
    for (const conversation of batch) {
      addPatch({ requestId, conversationId: conversation.id, ...patchOf(conversation) });
    }
    batches.push({ requestId, conversationIds: batch.map(({ id }) => id) });
  }
  await before;
  const refused = { count: 0, detail: "" };
  for (const batch of batches) {
    const detail = await settle(name, { ...batch, ...more });
    if (detail === null) continue;
    refused.count += batch.conversationIds.length;
    refused.detail = detail;
  }
  if (refused.count > 0) notify(refusal(refused.count), { detail: refused.detail });
}

/** Hides them at once; for ten seconds there is a way back. */
export function deleteSeveral(conversations: readonly Conversation[], onUndo: () => void): void {
  const deleting = write("conversations.deleteSeveral", conversations, {
    more: {},
    patchOf: () => ({ change: { state: "deleted" } }),
    refusal: (count) =>
      plural(count, {
        one: "# conversation was not deleted.",
        other: "# conversations were not deleted.",
      }),
  });
  const deleted = plural(conversations.length, {
    one: "# conversation deleted.",
    other: "# conversations deleted.",
  });
  notify(deleted, {
    undo() {
      restoreSeveral(conversations, deleting);
      onUndo();
    },
  });
}

function restoreSeveral(conversations: readonly Conversation[], deleting: Promise<void>): void {
  void write("conversations.restoreSeveral", conversations, {
    more: {},
    patchOf: (conversation) => ({ change: { state: "active" }, put: conversation }),
    refusal: (count) =>
      plural(count, {
        one: "# conversation was not restored.",
        other: "# conversations were not restored.",
      }),
    before: deleting,
  });
}

/** Puts them into a folder; null takes them out. */
export function moveSeveral(conversations: readonly Conversation[], folderId: string | null): void {
  const moving = conversations.filter((conversation) => conversation.folderId !== folderId);
  void write("conversations.moveSeveral", moving, {
    more: { folderId },
    patchOf: () => ({ change: { folderId } }),
    refusal: (count) =>
      plural(count, {
        one: "# conversation was not moved.",
        other: "# conversations were not moved.",
      }),
  });
}
