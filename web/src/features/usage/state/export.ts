import type { UsageSums } from "@/contract/contract.gen";
import { csv } from "@/ui/csv";

import type { UsageDay } from "../api/usage-days";
import type { KeyNames } from "./keys";

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
] as const satisfies readonly (keyof UsageSums)[];

/** What is exported: `columns` name the texts, which say what the sums are of. */
export interface Table {
  columns: readonly string[];
  rows: readonly { texts: readonly string[]; sums: UsageSums }[];
}

/** What one used by oneself. */
export function tableOfDays(days: readonly UsageDay[], keys: KeyNames): Table {
  return {
    columns: ["day", "model", "feature", "key", "keyId"],
    rows: days.map((sums) => ({
      texts: [sums.day, sums.model, sums.feature, keys.get(sums.key)?.name ?? "", sums.key],
      sums,
    })),
  };
}

/** `cost` is in dollars; the micro-dollars beside it are exact. */
export function toCsv({ columns, rows }: Table): string {
  const lines = rows.map(({ texts, sums }) => [
    ...texts,
    ...counts.map((name) => String(sums[name])),
    (sums.micros / 1_000_000).toFixed(6),
  ]);
  return csv([[...columns, ...counts, "cost"], ...lines]);
}

export function toJson({ columns, rows }: Table): string {
  const entries = rows.map(({ texts, sums }) =>
    Object.fromEntries([
      ...columns.map((column, index) => [column, texts[index]]),
      ...counts.map((name) => [name, sums[name]]),
    ]),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}
