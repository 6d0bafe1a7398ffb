/** The branches that this tab has shown of a conversation, the last one first. */
const shown = new Map<string, string[]>();

export function noteShown(conversationId: string, branchId: string): void {
  const others = recentBranches(conversationId).filter((id) => id !== branchId);
  shown.set(conversationId, [branchId, ...others]);
}

export function recentBranches(conversationId: string): readonly string[] {
  return shown.get(conversationId) ?? [];
}

export function forgetShownBranches(): void {
  shown.clear();
}
