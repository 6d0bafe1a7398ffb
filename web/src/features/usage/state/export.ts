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

/** RFC 4180. `cost` is in dollars; the micro-dollars beside it are exact. */
export function toCsv(days: readonly UsageDay[]): string {
  const rows = days.map((day) => [
    ...texts.map((name) => cell(day[name])),
    ...counts.map((name) => String(day[name])),
    (day.micros / 1_000_000).toFixed(6),
  ]);
  return [[...texts, ...counts, "cost"], ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

/** A spreadsheet would run what begins like a formula; with an apostrophe it is text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toJson(days: readonly UsageDay[]): string {
  return `${JSON.stringify(days, null, 2)}\n`;
}
