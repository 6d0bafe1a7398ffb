import type { Attempt, Receipt, TokenUsage } from "@/contract/contract.gen";

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

/** What an answer of the cache saved; null where that is not known, or nothing. */
export function savedText({ cached }: Receipt): string | null {
  const micros = cached?.savedMicros ?? 0;
  return micros > 0 ? costText({ micros, source: "", partial: false }) : null;
}

const shortestMs = 100;

/** How fast the answer came once it had begun; null where that is not known, or too short to say. */
export function speedText({ usage, firstTokenMs, totalMs, cached }: Receipt): string | null {
  const ms = totalMs - (firstTokenMs ?? totalMs);
  const tokens = usage?.outputTokens ?? 0;
  if (cached || ms < shortestMs || tokens === 0) return null;
  return `${Math.round(tokens / (ms / 1000)).toLocaleString("en")} tokens a second`;
}

/** The line under an answer. */
export function receiptSummary(receipt: Receipt, modelName: string): string[] {
  const first = seconds(receipt.firstTokenMs);
  const saved = savedText(receipt);
  if (receipt.cached) {
    const total = `total ${seconds(receipt.totalMs)}`;
    return [modelName, "From the cache", ...(saved ? [`saved ${saved}`] : []), total];
  }
  return [
    modelName,
    tokensText(totalTokens(receipt.usage)),
    costText(receipt.cost),
    first === null ? null : `first token ${first}`,
    `total ${seconds(receipt.totalMs)}`,
  ].filter((part) => part !== null);
}

export function leftOutText({ leftOutMessages, summaryUsed }: Receipt): string | null {
  if (leftOutMessages === 0) return null;
  const what =
    leftOutMessages === 1
      ? "One older message did not fit the model’s window"
      : `${leftOutMessages} older messages did not fit the model’s window`;
  const one = leftOutMessages === 1;
  return summaryUsed
    ? `${what}: a summary stood for ${one ? "it" : "them"}.`
    : `${what} and ${one ? "was" : "were"} left out.`;
}

/** What is said while another model takes over. */
export function liveHandoverText(
  { from, to }: { from: string; to: string },
  nameOf: (id: string) => string,
): string {
  return `${nameOf(from)} did not answer; ${nameOf(to)} goes on.`;
}

/** Says that another model than the one asked wrote the answer; null where the one asked did. */
export function handoverText(receipt: Receipt, nameOf: (id: string) => string): string | null {
  const { modelAsked, modelUsed, attempts } = receipt;
  const failed = attempts.filter(
    ({ model, outcome }) => model === modelAsked && outcome !== "complete",
  );
  if (modelUsed === null || modelUsed === modelAsked || failed.length === 0) return null;
  const [asked, used] = [nameOf(modelAsked), nameOf(modelUsed)];
  return failed.some(({ firstTokenMs }) => firstTokenMs !== null)
    ? `${asked} broke off; ${used} went on.`
    : `${asked} did not answer; ${used} answered instead.`;
}

/** What became of an attempt, and how long that took. */
export function attemptText(attempt: Attempt, nameOf: (id: string) => string): string {
  const { model, outcome, message, error, totalMs, cost } = attempt;
  const end = outcome === "complete" ? "complete" : (message ?? error ?? outcome);
  const facts = [seconds(totalMs), cost ? costText(cost) : null].filter((fact) => fact !== null);
  return `${nameOf(model)}: ${end.replace(/\.$/, "")} (${facts.join(", ")})`;
}
