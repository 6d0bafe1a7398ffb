import { firstBranch, initialMemory, type Conversation } from "../api/conversations";

const noon = new Date(Date.UTC(2026, 10, 24, 12));

/** One with its id as its title, and its first branch alone; last changed when it was updated. */
export function conversation(id: string, change: Partial<Conversation> = {}): Conversation {
  const updatedAt = change.updatedAt ?? noon;
  return {
    id,
    title: id,
    state: "active",
    updatedAt,
    changedAt: updatedAt,
    model: null,
    requestId: null,
    activeBranch: "main",
    branches: firstBranch,
    ...initialMemory,
    ...change,
  };
}
