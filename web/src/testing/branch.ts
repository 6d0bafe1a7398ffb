import type { Branch } from "@/features/chat/branches/tree";
import { onlyBranch } from "@/features/conversations/api/conversations";

/** A branch with nothing on it, where nothing else is said. */
export function branch(known: Partial<Branch> = {}): Branch {
  return { ...onlyBranch, ...known };
}
