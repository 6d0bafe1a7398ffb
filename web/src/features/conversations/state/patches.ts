/** What a person has done to conversations and the listener does not show yet. */
import type { Conversation } from "../api/conversations";
import { createPatches, type PatchOf } from "./patch-store";

export interface Patch extends PatchOf<Conversation> {
  conversationId: string;
}

export type Patches = readonly Patch[];

const patches = createPatches<Conversation, Patch>(
  ({ conversationId }) => conversationId,
  // A branch that the document does not have yet comes with a later one.
  ({ change: { activeBranch } }, { branches }) =>
    activeBranch === undefined || activeBranch in branches,
);

export const {
  store: patchStore,
  add: addPatch,
  settle: settlePatch,
  drop: dropPatch,
  dropAll: dropAllPatches,
  patchDocument,
  forgetArrived,
} = patches;

/** The branch that a turn is on, once it is known what the backend calls it. */
export function patchBranch(requestId: string, activeBranch: string): void {
  patches.alter(requestId, (patch) => ({ ...patch, change: { ...patch.change, activeBranch } }));
}

/** The list as the person left it, last change first. */
export function patchList(documents: readonly Conversation[], own: Patches): Conversation[] {
  return patches
    .patchAll(documents, own)
    .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
}
