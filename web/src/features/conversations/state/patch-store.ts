/**
 * What a person has done and the listener does not show yet. A patch lies over the listener's
 * documents under its request id; it goes when the listener shows the request, or when the
 * operation fails, which rolls the screen back.
 */
import { createStore } from "zustand/vanilla";

/** A document that a person changes, as far as patches need to know it. */
export interface Changeable {
  id: string;
  state: "active" | "deleted";
  /** The request of the last write by a person: tells a patch that it has arrived. */
  requestId: string | null;
  /** When anything of it was last written. */
  changedAt: Date;
}

export interface PatchOf<Document extends Changeable> {
  requestId: string;
  /** `put` adds the document where the listener has none. */
  change: Partial<Omit<Document, "id" | "requestId" | "branches">>;
  put?: Document;
  /** Null while the operation runs; then the time of the write that it made. */
  writtenAt: Date | null;
}

/** `idOf` names what a patch is for; `hasRoom`: whether a document can have what the patch says. */
export function createPatches<Document extends Changeable, Patch extends PatchOf<Document>>(
  idOf: (patch: Patch) => string,
  hasRoom: (patch: Patch, document: Document) => boolean = () => true,
) {
  const store = createStore<{ patches: readonly Patch[] }>(() => ({ patches: [] }));

  /** Replaces that of the same request for the same document. */
  function add(patch: Omit<Patch, "writtenAt">): void {
    const added = { ...patch, writtenAt: null } as Patch;
    const isReplaced = (other: Patch) =>
      other.requestId === added.requestId && idOf(other) === idOf(added);
    store.setState(({ patches }) => ({
      patches: [...patches.filter((other) => !isReplaced(other)), added],
    }));
  }

  function alter(requestId: string, next: (patch: Patch) => Patch): void {
    store.setState(({ patches }) => ({
      patches: patches.map((patch) => (patch.requestId === requestId ? next(patch) : patch)),
    }));
  }

  function settle(requestId: string, writtenAt: Date): void {
    alter(requestId, (patch) => ({ ...patch, writtenAt }));
  }

  function drop(requestId: string): void {
    store.setState(({ patches }) => ({
      patches: patches.filter((patch) => patch.requestId !== requestId),
    }));
  }

  function dropAll(): void {
    store.setState({ patches: [] });
  }

  /** Whether the listener's document already has what the patch says. */
  function isShown(patch: Patch, document: Document): boolean {
    if (!hasRoom(patch, document)) return false;
    if (document.requestId === patch.requestId) return true;
    return patch.writtenAt !== null && document.changedAt >= patch.writtenAt;
  }

  /** The patches of one document that it does not have: what is shown covers what came before. */
  function outstanding(document: Document | null, id: string, patches: readonly Patch[]) {
    const own = patches.filter((patch) => idOf(patch) === id);
    return document ? own.slice(own.findLastIndex((patch) => isShown(patch, document)) + 1) : own;
  }

  function patchDocument(
    document: Document | null,
    id: string,
    patches: readonly Patch[],
  ): Document | null {
    let patched = document;
    for (const patch of outstanding(document, id, patches)) {
      if (patched) patched = { ...patched, ...patch.change };
      else if (patch.put) patched = { ...patch.put, ...patch.change };
    }
    return patched;
  }

  /** The list as the person left it: patched, without what they deleted, in no order. */
  function patchAll(documents: readonly Document[], patches: readonly Patch[]): Document[] {
    if (patches.length === 0) return [...documents];
    const listed = new Map(documents.map((document) => [document.id, document]));
    const ids = new Set([
      ...listed.keys(),
      ...patches.filter((patch) => patch.put).map((patch) => idOf(patch)),
    ]);
    return [...ids]
      .map((id) => patchDocument(listed.get(id) ?? null, id, patches))
      .filter((document) => document !== null)
      .filter((document) => document.state === "active");
  }

  /**
   * Forgets what the list has caught up with. A settled deletion has arrived when the list no longer
   * has the document, and takes what came before it along.
   */
  function forgetArrived(documents: readonly Document[]): void {
    const { patches } = store.getState();
    const listed = new Map(documents.map((document) => [document.id, document]));
    const kept = new Set<Patch>();
    for (const id of new Set(patches.map((patch) => idOf(patch)))) {
      const document = listed.get(id) ?? null;
      const own = outstanding(document, id, patches);
      const gone = document
        ? -1
        : own.findLastIndex(
            (patch) => patch.change.state === "deleted" && patch.writtenAt !== null,
          );
      for (const patch of own.slice(gone + 1)) kept.add(patch);
    }
    if (kept.size < patches.length) {
      store.setState({ patches: patches.filter((patch) => kept.has(patch)) });
    }
  }

  return { store, add, alter, settle, drop, dropAll, patchDocument, patchAll, forgetArrived };
}
