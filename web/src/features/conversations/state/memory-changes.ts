import { t } from "@lingui/core/macro";

import { formatNumber } from "@/i18n/format";

import type { Conversation } from "../api/conversations";
import type { MemoryDraft, MemorySettings } from "./memory-draft";

const longestInstructions = 20_000;
const longestSummary = 8_000;
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

/** Says that instructions are too long; null for those that are not. */
export function instructionsProblem(text: string): string | null {
  const over = text.trim().length - longestInstructions;
  return over <= 0
    ? null
    : t`Instructions can have ${{ limit: formatNumber(longestInstructions) }} characters; this is ${{ more: formatNumber(over) }} too long.`;
}

/** Says that a summary is too long; null for one that is not. */
export function summaryProblem(text: string): string | null {
  const over = text.trim().length - longestSummary;
  return over <= 0
    ? null
    : t`A summary can have ${{ limit: formatNumber(longestSummary) }} characters; this is ${{ more: formatNumber(over) }} too long.`;
}
