/**
 * What a person has done and the listener does not show yet. A patch lies over the listener's
 * documents under its request id; it goes when the listener shows the request, or when the
 * operation fails, which rolls the screen back.
 */
import { createStore } from "zustand/vanilla";

import type { Conversation } from "../api/conversations";

export interface Patch {
  requestId: string;
  conversationId: string;
  /** `put` adds the conversation where the listener has none. */
  change: Partial<Omit<Conversation, "id" | "requestId" | "branches">>;
  put?: Conversation;
  /** Null while the operation runs; then the time of the write that it made. */
  writtenAt: Date | null;
}

export type Patches = readonly Patch[];

export const patchStore = createStore<{ patches: Patches }>(() => ({ patches: [] }));

export function addPatch(patch: Omit<Patch, "writtenAt">): void {
  patchStore.setState(({ patches }) => ({
    patches: [
      ...patches.filter((other) => other.requestId !== patch.requestId),
      { ...patch, writtenAt: null },
    ],
  }));
}

export function settlePatch(requestId: string, writtenAt: Date): void {
  patchStore.setState(({ patches }) => ({
    patches: patches.map((patch) =>
      patch.requestId === requestId ? { ...patch, writtenAt } : patch,
    ),
  }));
}

/** The branch that a turn is on, once it is known what the backend calls it. */
export function patchBranch(requestId: string, activeBranch: string): void {
  patchStore.setState(({ patches }) => ({
    patches: patches.map((patch) =>
      patch.requestId === requestId
        ? { ...patch, change: { ...patch.change, activeBranch } }
        : patch,
    ),
  }));
}

export function dropPatch(requestId: string): void {
  patchStore.setState(({ patches }) => ({
    patches: patches.filter((patch) => patch.requestId !== requestId),
  }));
}

export function dropAllPatches(): void {
  patchStore.setState({ patches: [] });
}

/** Whether the listener's document already has what the patch says. */
function isShown(patch: Patch, document: Conversation): boolean {
  const { activeBranch } = patch.change;
  // A branch that the document does not have yet comes with a later one.
  if (activeBranch !== undefined && !(activeBranch in document.branches)) return false;
  if (document.requestId === patch.requestId) return true;
  return patch.writtenAt !== null && document.changedAt >= patch.writtenAt;
}

/** The patches of one conversation that its document does not have: what is shown covers what came before. */
function outstanding(
  document: Conversation | null,
  conversationId: string,
  patches: Patches,
): Patches {
  const own = patches.filter((patch) => patch.conversationId === conversationId);
  return document ? own.slice(own.findLastIndex((patch) => isShown(patch, document)) + 1) : own;
}

export function patchDocument(
  document: Conversation | null,
  conversationId: string,
  patches: Patches,
): Conversation | null {
  let patched = document;
  for (const patch of outstanding(document, conversationId, patches)) {
    if (patched) patched = { ...patched, ...patch.change };
    else if (patch.put) patched = { ...patch.put, ...patch.change };
  }
  return patched;
}

/** The list as the person left it: patched, without what they deleted, last change first. */
export function patchList(documents: readonly Conversation[], patches: Patches): Conversation[] {
  if (patches.length === 0) return [...documents];
  const listed = new Map(documents.map((document) => [document.id, document]));
  const ids = new Set([
    ...listed.keys(),
    ...patches.filter((patch) => patch.put).map((patch) => patch.conversationId),
  ]);
  return [...ids]
    .map((id) => patchDocument(listed.get(id) ?? null, id, patches))
    .filter((conversation) => conversation !== null)
    .filter((conversation) => conversation.state === "active")
    .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
}

/**
 * Forgets what the list has caught up with. A settled deletion has arrived when the list no longer
 * has the conversation, and takes what came before it along.
 */
export function forgetArrived(documents: readonly Conversation[]): void {
  const { patches } = patchStore.getState();
  const listed = new Map(documents.map((document) => [document.id, document]));
  const kept = new Set<Patch>();
  for (const id of new Set(patches.map((patch) => patch.conversationId))) {
    const document = listed.get(id) ?? null;
    const own = outstanding(document, id, patches);
    const gone = document
      ? -1
      : own.findLastIndex((patch) => patch.change.state === "deleted" && patch.writtenAt !== null);
    for (const patch of own.slice(gone + 1)) kept.add(patch);
  }
  if (kept.size < patches.length) {
    patchStore.setState({ patches: patches.filter((patch) => kept.has(patch)) });
  }
}
