/** What a person does with the questions that wait: each is shown at once, and undone when it is refused. */
import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import { notify } from "@/ui/notify";

import { messageOf, queueStore, type Waiting } from "./queue";

function refused(what: string, error: unknown): void {
  notify(what, { detail: messageOf(error) });
}

/** Takes a question out; says whether it was still there to be taken. */
export async function removeFromQueue(conversationId: string, entryId: string): Promise<boolean> {
  const store = queueStore(conversationId);
  store.setState(({ removed }) => ({ removed: [...removed, entryId] }));
  try {
    await call("queue.remove", { conversationId, entryId });
    return true;
  } catch (error) {
    store.setState(({ removed }) => ({ removed: removed.filter((id) => id !== entryId) }));
    refused(t`The question was not taken back.`, error);
    return false;
  }
}

/** Moves an entry before another one, or to the end. `shown` is the queue as it is on the screen. */
export async function moveInQueue(
  conversationId: string,
  shown: readonly Waiting[],
  entryId: string,
  before: string | null,
): Promise<void> {
  const store = queueStore(conversationId);
  const others = shown.filter(({ id }) => id !== entryId);
  const index = before === null ? others.length : others.findIndex(({ id }) => id === before);
  const previous = others[index - 1]?.position;
  const next = others[index]?.position;
  const position = between(previous, next);
  const from = shown.find(({ id }) => id === entryId)?.position ?? 0;
  store.setState(({ moved }) => ({ moved: { ...moved, [entryId]: { from, to: position } } }));
  try {
    await call("queue.move", { conversationId, entryId, before });
  } catch (error) {
    refused(t`The question was not moved.`, error);
    store.setState(({ moved: { [entryId]: _moved, ...moved } }) => ({ moved }));
  }
}

function between(previous: number | undefined, next: number | undefined): number {
  if (previous === undefined) return (next ?? 1) - 1;
  return next === undefined ? previous + 1 : (previous + next) / 2;
}

/** Goes on with the questions that wait after an answer was stopped or failed. */
export async function sendQueue(conversationId: string, branchId: string): Promise<void> {
  try {
    await call("queue.send", { conversationId, branchId });
  } catch (error) {
    refused(t`The waiting questions were not sent.`, error);
  }
}
