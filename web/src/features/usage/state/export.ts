import { csv } from "@/ui/csv";

import type { UsageDay } from "../api/usage-days";

const texts = ["day", "model", "feature"] as const;
const counts = [
  "calls",
  "requests",
  "inputTokens",
  "outputTokens",
  "cachedInputTokens",
  "cacheWriteTokens",
  "reasoningTokens",
  "micros",
  "estimatedMicros",
  "cacheHits",
  "savedMicros",
] as const;

/** `cost` is in dollars; the micro-dollars beside it are exact. */
export function toCsv(days: readonly UsageDay[]): string {
  const rows = days.map((day) => [
    ...texts.map((name) => day[name]),
    ...counts.map((name) => String(day[name])),
    (day.micros / 1_000_000).toFixed(6),
  ]);
  return csv([[...texts, ...counts, "cost"], ...rows]);
}

export function toJson(days: readonly UsageDay[]): string {
  return `${JSON.stringify(days, null, 2)}\n`;
}
