import type { MemoryChanges } from "../state/memory-changes";
import { addPatch } from "../state/patches";
import type { Conversation } from "./conversations";
import { settle } from "./writes";

/** Saves what was changed, and says why it was refused; null when it was not. */
export async function saveMemory(
  { id: conversationId, summary: known }: Conversation,
  { settings, summary }: MemoryChanges,
): Promise<string | null> {
  if (settings !== null) {
    const requestId = crypto.randomUUID();
    addPatch({ requestId, conversationId, change: settings });
    const input = { requestId, conversationId, ...settings };
    const problem = await settle("conversations.configure", input);
    if (problem !== null) return problem;
  }
  if (summary === undefined) return null;
  const requestId = crypto.randomUUID();
  const written = summary === null ? null : { text: summary, edited: true, at: new Date() };
  addPatch({ requestId, conversationId, change: { summary: known && written } });
  return settle("conversations.writeSummary", { requestId, conversationId, text: summary });
}
