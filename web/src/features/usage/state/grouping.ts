import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { UsageDay } from "../api/usage-days";

export type Grouping = "day" | "model" | "feature" | "key";

export interface Sums {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  micros: number;
  estimatedMicros: number;
  cacheHits: number;
  savedMicros: number;
}

export interface Group extends Sums {
  key: string;
}

/** As the screen has it; `detail` says more of the name. */
export interface NamedGroup extends Group {
  name: string;
  detail?: string | undefined;
}

export function sumUp(days: readonly Sums[]): Sums {
  const sums = {
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    micros: 0,
    estimatedMicros: 0,
    cacheHits: 0,
    savedMicros: 0,
  };
  for (const day of days) {
    sums.calls += day.calls;
    sums.inputTokens += day.inputTokens;
    sums.outputTokens += day.outputTokens;
    sums.micros += day.micros;
    sums.estimatedMicros += day.estimatedMicros;
    sums.cacheHits += day.cacheHits;
    sums.savedMicros += day.savedMicros;
  }
  return sums;
}

/** Days with the last one first; others with the dearest first. */
export function groupUsage(days: readonly UsageDay[], by: Grouping): Group[] {
  const byKey = new Map<string, UsageDay[]>();
  for (const day of days) {
    const group = byKey.get(day[by]);
    if (group) group.push(day);
    else byKey.set(day[by], [day]);
  }
  const groups = [...byKey].map(([key, group]) => ({ key, ...sumUp(group) }));
  return groups.toSorted((a, b) =>
    by === "day"
      ? b.key.localeCompare(a.key)
      : b.micros - a.micros || tokensOf(b) - tokensOf(a) || a.key.localeCompare(b.key),
  );
}

export function tokensOf({ inputTokens, outputTokens }: Sums): number {
  return inputTokens + outputTokens;
}

const featureNames: Record<string, MessageDescriptor> = {
  turn: msg`Answers`,
  title: msg`Titles`,
  summary: msg`Summaries`,
  "batch-summary": msg`Summaries in batches`,
  proxy: msg`Calls from other programs`,
  embedding: msg`Embeddings`,
};

export function featureName(feature: string): string {
  const name = featureNames[feature];
  return name ? i18n._(name) : feature;
}
