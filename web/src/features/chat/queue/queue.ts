/** Questions that wait on the server until the answer before them is written, so that any device sees them. */
import { createStore, type StoreApi } from "zustand/vanilla";

import { call } from "@/contract/call";
import type { Problem } from "@/contract/contract.gen";
import { problemOf } from "@/contract/errors";
import type { Said } from "@/contract/problem-text";
import { liveQuery } from "@/firebase/documents";
import { readFields, readNumber, readString } from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

import { clearStoredDraft, writeDraft } from "../composer/drafts";
import { firstQuestionSent } from "../stream/turns";

export interface Waiting {
  id: string;
  /** Null in what is only being queued here, whose id it is. */
  requestId: string | null;
  branchId: string;
  text: string;
  model: string;
  position: number;
  /** Why it could not be asked when its turn came. */
  problem: Said | null;
  /** On its way to the queue: it can be neither moved nor taken back yet. */
  isSending: boolean;
}

export function waitingQuestions(conversationId: string): LiveSource<readonly Waiting[]> {
  return liveQuery(
    {
      collection: `conversations/${conversationId}/queue`,
      orderBy: [["position", "asc"]],
      limit: 100,
    },
    ({ id, fields }) => ({
      id,
      requestId: readString(fields, "requestId"),
      branchId: readString(fields, "branchId") ?? "main",
      text: readString(fields, "text") ?? "",
      model: readString(fields, "model") ?? "",
      position: readNumber(fields, "position") ?? 0,
      // Written by the backend from its model of a problem.
      problem: readFields(fields, "problem") as Problem | null,
      isSending: false,
    }),
  );
}

/** What this tab has done to the queue and the listener does not show yet. */
export interface QueueChanges {
  /** `entryId` is known once it is in the queue. */
  added: readonly (Waiting & { entryId: string | null })[];
  removed: readonly string[];
  /** Positions of entries that were moved; `from` is what the listener showed then. */
  moved: Readonly<Record<string, { from: number; to: number }>>;
}

const none: QueueChanges = { added: [], removed: [], moved: {} };
const stores = new Map<string, StoreApi<QueueChanges>>();

export function queueStore(conversationId: string): StoreApi<QueueChanges> {
  let store = stores.get(conversationId);
  if (!store) {
    store = createStore<QueueChanges>(() => none);
    stores.set(conversationId, store);
  }
  return store;
}

export function forgetQueues(): void {
  for (const store of stores.values()) store.setState(none);
  stores.clear();
}

/** The queue as the person left it. */
export function patchQueue(stored: readonly Waiting[], changes: QueueChanges): Waiting[] {
  // The listener may show it before the call that queued it has been answered.
  const queued = new Set(stored.map(({ requestId }) => requestId));
  const last = Math.max(0, ...stored.map(({ position }) => position));
  return [
    ...stored,
    ...changes.added
      .filter(({ id }) => !queued.has(id))
      .map(({ entryId, ...waiting }, index) => ({
        ...waiting,
        id: entryId ?? waiting.id,
        position: last + 1 + index,
      })),
  ]
    .filter(({ id }) => !changes.removed.includes(id))
    .map((waiting) => {
      const move = changes.moved[waiting.id];
      return move?.from === waiting.position ? { ...waiting, position: move.to } : waiting;
    })
    .toSorted((a, b) => a.position - b.position);
}

/** Forgets what the listener shows; `hasBegun`: the question is asked and waits no longer. */
export function forgetQueued(
  conversationId: string,
  stored: readonly Waiting[],
  hasBegun: (entryId: string) => boolean,
): void {
  const store = queueStore(conversationId);
  const { added, removed, moved } = store.getState();
  const byId = new Map(stored.map((waiting) => [waiting.id, waiting]));
  const stillAdded = added.filter(
    ({ entryId }) => entryId === null || !(byId.has(entryId) || hasBegun(entryId)),
  );
  const stillRemoved = removed.filter((id) => byId.has(id));
  const stillMoved = Object.entries(moved).filter(
    ([id, { from }]) => byId.get(id)?.position === from,
  );
  if (
    stillAdded.length < added.length ||
    stillRemoved.length < removed.length ||
    stillMoved.length < Object.keys(moved).length
  ) {
    store.setState({
      added: stillAdded,
      removed: stillRemoved,
      moved: Object.fromEntries(stillMoved),
    });
  }
}

export function messageOf(error: unknown): string {
  return problemOf(error).message;
}

/** Puts a question into the queue. Refused, it goes back into the composer. */
export async function addToQueue(
  conversationId: string,
  { branchId, text, model }: Pick<Waiting, "branchId" | "text" | "model">,
): Promise<void> {
  const store = queueStore(conversationId);
  const requestId = crypto.randomUUID();
  const change = (entryId: string | null, keep: boolean) =>
    store.setState(({ added }) => ({
      added: added.flatMap((one) =>
        one.id !== requestId ? [one] : keep ? [{ ...one, entryId, isSending: false }] : [],
      ),
    }));
  const waiting = { id: requestId, requestId: null, branchId, text, model, position: 0 };
  store.setState(({ added }) => ({
    added: [...added, { ...waiting, problem: null, isSending: true, entryId: null }],
  }));
  try {
    await firstQuestionSent(conversationId);
    const request = { requestId, conversationId, branchId, text, model };
    const { entryId } = await call("queue.add", request);
    clearStoredDraft(conversationId, text);
    change(entryId, true);
  } catch (error) {
    change(null, false);
    writeDraft(conversationId, text, messageOf(error));
  }
}

/** Shows a question that is in the queue and that the listener does not show yet. */
export function noteQueued(
  conversationId: string,
  { requestId, ...question }: Pick<Waiting, "branchId" | "text" | "model"> & { requestId: string },
  entryId: string,
): void {
  const waiting = { id: requestId, requestId: null, ...question, position: 0, problem: null };
  queueStore(conversationId).setState(({ added }) => ({
    added: [...added, { ...waiting, isSending: false, entryId }],
  }));
}
