import { useCallback, useEffect } from "react";

import type { ModelSummary } from "@/contract/contract.gen";

import { useModels } from "../api/use-models";
import { noteSuggestion, resolveModel, suggestedBefore, useChoices } from "./choice";

/**
 * The model that the next question goes to: what was picked here, else what this conversation used,
 * else the person's own default, else their last pick, else the workspace's suggestion.
 */
export function useModelChoice(
  conversationId: string,
  conversationModel: string | null,
  ownDefault: string | null,
): string | null {
  const { data } = useModels();
  const picked = useChoices((state) => state.byConversation[conversationId]);
  const last = useChoices((state) => state.last);
  const wishes = [picked, conversationModel, ownDefault, last];
  const resolved = data ? resolveModel(data, wishes) : null;
  useEffect(() => {
    if (resolved !== null) noteSuggestion(resolved);
  }, [resolved]);
  // Until the list is there, what was used before is taken at its word.
  return data ? resolved : (wishes.find(Boolean) ?? suggestedBefore());
}

const noModels: readonly ModelSummary[] = [];

/** What a question can be asked. */
export function useModelOptions(): readonly ModelSummary[] {
  return useModels().data?.models ?? noModels;
}

/** How a model is called on the screen; the end of its id where the list does not have it. */
export function useModelName(): (id: string) => string {
  const { data } = useModels();
  return useCallback(
    (id) => data?.models.find((model) => model.id === id)?.name ?? id.slice(id.indexOf("/") + 1),
    [data],
  );
}
