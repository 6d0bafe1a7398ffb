import type { Receipt, TokenUsage } from "@/contract/contract.gen";

export function seconds(ms: number | null): string | null {
  if (ms === null) return null;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

export function costText({ micros, partial }: Receipt["cost"]): string {
  if (micros === null || (partial && micros === 0)) return "cost unknown";
  if (micros === 0) return "free";
  const digits = micros < 100 ? 6 : micros < 10_000 ? 4 : 2;
  return `${partial ? "at least " : ""}$${(micros / 1_000_000).toFixed(digits)}`;
}

export function totalTokens(usage: TokenUsage | null): number | null {
  if (usage === null || (usage.inputTokens === null && usage.outputTokens === null)) return null;
  return (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
}

export function tokensText(count: number | null): string {
  if (count === null) return "tokens unknown";
  return `${count.toLocaleString("en")} ${count === 1 ? "token" : "tokens"}`;
}

/** The line under an answer. */
export function receiptSummary(receipt: Receipt, modelName: string): string[] {
  const first = seconds(receipt.firstTokenMs);
  return [
    modelName,
    tokensText(totalTokens(receipt.usage)),
    costText(receipt.cost),
    first === null ? null : `first token ${first}`,
    `total ${seconds(receipt.totalMs)}`,
  ].filter((part) => part !== null);
}

export function leftOutText({ leftOutMessages }: Receipt): string | null {
  if (leftOutMessages === 0) return null;
  return leftOutMessages === 1
    ? "1 older message did not fit the model’s window and was left out."
    : `${leftOutMessages} older messages did not fit the model’s window and were left out.`;
}
