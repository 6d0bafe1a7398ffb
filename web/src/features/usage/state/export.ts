import type { UsageSums } from "@/contract/contract.gen";

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

/** RFC 4180. `cost` is in dollars; the micro-dollars beside it are exact. */
export function toCsv({ columns, rows }: Table): string {
  const lines = rows.map(({ texts, sums }) => [
    ...texts.map(cell),
    ...counts.map((name) => String(sums[name])),
    (sums.micros / 1_000_000).toFixed(6),
  ]);
  return [[...columns, ...counts, "cost"], ...lines]
    .map((line) => `${line.join(",")}\r\n`)
    .join("");
}

/** A spreadsheet would run what begins like a formula; with an apostrophe it is text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
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
