import { create } from "zustand";

import type { ModelList } from "@/contract/contract.gen";
import { keptIds } from "@/ui/kept";

const storageKey = "colonycraft.model";
const suggestionKey = "colonycraft.suggested-model";

interface Choices {
  /** What was picked in a conversation since the page was opened. */
  byConversation: Readonly<Record<string, string>>;
  last: string | null;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const useChoices = create<Choices>(() => ({ byConversation: {}, last: stored(storageKey) }));

/** What the backend suggested the last time: for who asks without a network and has chosen nothing. */
export const suggestedBefore = () => stored(suggestionKey);

export function noteSuggestion(model: string): void {
  try {
    localStorage.setItem(suggestionKey, model);
  } catch {
    // Then one has to choose.
  }
}

const mostRecent = 3;

/** The models that were chosen last in this browser, the last one first. */
export const recentModels = keptIds("recent-models");

export function chooseModel(conversationId: string, model: string): void {
  const others = recentModels.use.getState().value.filter((other) => other !== model);
  recentModels.set([model, ...others].slice(0, mostRecent));
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
  recentModels.set([]);
  useChoices.setState({ byConversation: {}, last: null });
  try {
    localStorage.removeItem(storageKey);
    localStorage.removeItem(suggestionKey);
  } catch {
    // There was nothing to forget.
  }
}

/** The model is offered, or its connection is away for the moment: a wish is not changed for that. */
function canBeHad(list: ModelList, id: string): boolean {
  if (list.models.some((model) => model.id === id)) return true;
  return list.connections.some(
    (connection) => connection.state === "away" && id.startsWith(`${connection.id}/`),
  );
}

/** The first of the candidates that can be had; else what the backend suggests, else any. */
export function resolveModel(
  list: ModelList,
  candidates: readonly (string | null | undefined)[],
): string | null {
  const chosen = candidates.find((candidate) => candidate && canBeHad(list, candidate));
  return chosen ?? list.defaultModel ?? list.models[0]?.id ?? null;
}
