import { create } from "zustand";

import type { ModelList } from "@/contract/contract.gen";

const storageKey = "colonycraft.model";

interface Choices {
  /** What was picked in a conversation since the page was opened. */
  byConversation: Readonly<Record<string, string>>;
  last: string | null;
}

function storedLast(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export const useChoices = create<Choices>(() => ({ byConversation: {}, last: storedLast() }));

export function chooseModel(conversationId: string, model: string): void {
  useChoices.setState(({ byConversation }) => ({
    byConversation: { ...byConversation, [conversationId]: model },
    last: model,
  }));
  try {
    localStorage.setItem(storageKey, model);
  } catch {
    // Remembered until the page goes.
  }
}

export function forgetChoices(): void {
  useChoices.setState({ byConversation: {}, last: null });
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // There was nothing to forget.
  }
}

/** The first of the candidates that can be used; else what the backend suggests, else any. */
export function resolveModel(
  list: ModelList,
  candidates: readonly (string | null | undefined)[],
): string | null {
  const known = new Set(list.models.map((model) => model.id));
  const chosen = candidates.find((candidate) => candidate && known.has(candidate));
  return chosen ?? list.defaultModel ?? list.models[0]?.id ?? null;
}
