import { t } from "@lingui/core/macro";

import type { ModelList, ModelSummary } from "@/contract/contract.gen";

import { healthText } from "./model-health";

export interface ModelGroup {
  value: string;
  items: ModelSummary[];
  trouble: string | null;
}

/** A list that fits the screen needs no shorter way. */
const many = 8;

/**
 * The models by their connections; before them those that are pinned, and, where there are many, those
 * that were used last.
 */
export function modelGroups(
  { models, connections }: ModelList,
  pinned: readonly string[],
  recent: readonly string[],
  now: number,
): ModelGroup[] {
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => models.filter((model) => model.id === id));
  const used = models.length > many ? recent.filter((id) => !pinned.includes(id)) : [];
  return [
    { value: t`Pinned`, items: named(pinned), trouble: null },
    { value: t`Used last`, items: named(used), trouble: null },
    ...connections.map(({ id, name, health }) => ({
      value: name,
      items: models.filter((model) => model.connection === id),
      trouble: healthText(health, now),
    })),
  ].filter((group) => group.items.length > 0);
}
