import type { Branch } from "@/features/chat/branches/tree";

/** A branch with nothing on it, where nothing else is said. */
export function branch(known: Partial<Branch> = {}): Branch {
  return {
    parent: null,
    forkSeq: 0,
    nextSeq: 0,
    activeRun: null,
    held: false,
    comparing: false,
    createdAt: null,
    ...known,
  };
}
