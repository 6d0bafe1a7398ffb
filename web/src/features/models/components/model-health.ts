import { t } from "@lingui/core/macro";

import type { ModelHealth, ModelList } from "@/contract/contract.gen";
import { durationText } from "@/i18n/durations";

/** How a model or a connection does, in a few words; null while there is nothing to say. */
export function healthText({ state, since, until }: ModelHealth, now: number): string | null {
  if (state === "ok") return null;
  if (state === "limited") {
    return until === null || Date.parse(until) <= now
      ? t`limit reached`
      : t`limit reached, free again in ${{ time: durationText((Date.parse(until) - now) / 1000) }}`;
  }
  return since === null
    ? t`trouble`
    : t`trouble for ${{ time: durationText((now - Date.parse(since)) / 1000) }}`;
}

/** What is to be said of the model that is chosen; null while all is well with it. */
export function modelTrouble(list: ModelList, id: string | null, now: number): string | null {
  const model = list.models.find((other) => other.id === id);
  const connection = list.connections.find((other) => other.id === model?.connection);
  if (!model || !connection) return null;
  const whole = healthText(connection.health, now);
  if (whole !== null) return `${connection.name}: ${whole}`;
  const own = healthText(model.health, now);
  return own === null ? null : `${model.name}: ${own}`;
}

export function isAnyInTrouble({ models, connections }: ModelList): boolean {
  return [...models, ...connections].some(({ health }) => health.state !== "ok");
}
