import type { Conversation } from "../api/conversations";
import type { MemoryDraft, MemorySettings } from "./memory-draft";

export const longestInstructions = 20_000;
export const longestSummary = 8_000;
export const mostFallbacks = 3;

export interface MemoryChanges {
  settings: MemorySettings | null;
  /** Undefined: it stays as it is. */
  summary?: string | null;
}

/** What of a draft differs from what is stored, as it is sent; null when nothing does. */
export function memoryChanges(
  draft: MemoryDraft,
  stored: Pick<Conversation, "instructions" | "fallbacks" | "summarise" | "cache" | "summary">,
): MemoryChanges | null {
  const settings: MemorySettings = {};
  const instructions = draft.instructions?.trim();
  if (instructions !== undefined && instructions !== stored.instructions) {
    settings.instructions = instructions;
  }
  if (draft.fallbacks && draft.fallbacks.join("\n") !== stored.fallbacks.join("\n")) {
    settings.fallbacks = draft.fallbacks;
  }
  if (draft.summarise !== undefined && draft.summarise !== stored.summarise) {
    settings.summarise = draft.summarise;
  }
  if (draft.cache !== undefined && draft.cache !== stored.cache) settings.cache = draft.cache;
  const changes: MemoryChanges = { settings: Object.keys(settings).length > 0 ? settings : null };
  if (draft.summary) {
    // One without a word is none.
    const text = draft.summary.text?.trim() || null;
    if (text !== (stored.summary?.text ?? null)) changes.summary = text;
  }
  return changes.settings === null && changes.summary === undefined ? null : changes;
}

/** Says that a text is too long; null for one that is not. */
export function tooLong(what: string, text: string, longest: number): string | null {
  const over = text.trim().length - longest;
  if (over <= 0) return null;
  const [limit, more] = [longest, over].map((count) => count.toLocaleString("en"));
  return `${what} can have ${limit} characters; this is ${more} too long.`;
}
