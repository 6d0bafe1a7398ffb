import { plural, t } from "@lingui/core/macro";

import type { Attempt, Receipt, TokenUsage } from "@/contract/contract.gen";
import { formatDollars, formatNumber } from "@/i18n/format";

export function seconds(ms: number): string {
  if (ms < 1000) return t`${{ milliseconds: formatNumber(Math.round(ms)) }} ms`;
  const digits = ms < 10_000 ? 1 : 0;
  const count = formatNumber(ms / 1000, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return t`${{ seconds: count }} s`;
}

export function wholeSeconds(ms: number): string {
  return ms < 1000 ? seconds(ms) : t`${{ seconds: formatNumber(Math.floor(ms / 1000)) }} s`;
}

export function costText({ micros, partial }: Receipt["cost"]): string {
  if (micros === null || (partial && micros === 0)) return t`cost unknown`;
  if (micros === 0) return t`free`;
  const digits = micros < 100 ? 6 : micros < 10_000 ? 4 : 2;
  const amount = formatDollars(micros, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return partial ? t`at least ${amount}` : amount;
}

export function totalTokens(usage: TokenUsage | null): number | null {
  if (usage === null || (usage.inputTokens === null && usage.outputTokens === null)) return null;
  return (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
}

export function tokensText(count: number | null): string {
  if (count === null) return t`tokens unknown`;
  return plural(count, { one: "# token", other: "# tokens" });
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
  return plural(
    { tokens: Math.round(tokens / (ms / 1000)) },
    { one: "# token a second", other: "# tokens a second" },
  );
}

/** What another answer was to be; null where it was asked for as it came. */
export function wishText({ wish }: Receipt): string | null {
  if (!wish) return null;
  return wish === "shorter" ? t`Shorter` : t`Longer`;
}

/** The line under an answer. */
export function receiptSummary(receipt: Receipt, modelName: string): string[] {
  const saved = savedText(receipt);
  const total = t`total ${{ time: seconds(receipt.totalMs) }}`;
  if (receipt.cached) {
    return [modelName, t`From the cache`, ...(saved ? [t`saved ${saved}`] : []), total];
  }
  return [
    modelName,
    wishText(receipt),
    tokensText(totalTokens(receipt.usage)),
    costText(receipt.cost),
    receipt.firstTokenMs === null
      ? null
      : t`first token ${{ time: seconds(receipt.firstTokenMs) }}`,
    total,
  ].filter((part) => part !== null);
}

export function leftOutText({ leftOutMessages, summaryUsed }: Receipt): string | null {
  if (leftOutMessages === 0) return null;
  return summaryUsed
    ? plural(leftOutMessages, {
        one: "One older message did not fit the model’s window: a summary stood for it.",
        other: "# older messages did not fit the model’s window: a summary stood for them.",
      })
    : plural(leftOutMessages, {
        one: "One older message did not fit the model’s window and was left out.",
        other: "# older messages did not fit the model’s window and were left out.",
      });
}

/** What is said while another model takes over. */
export function liveHandoverText(
  { from, to }: { from: string; to: string },
  nameOf: (id: string) => string,
): string {
  return t`${{ asked: nameOf(from) }} did not answer; ${{ next: nameOf(to) }} goes on.`;
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
    ? t`${asked} broke off; ${used} went on.`
    : t`${asked} did not answer; ${used} answered instead.`;
}

/** What became of an attempt, and how long that took. */
export function attemptText(attempt: Attempt, nameOf: (id: string) => string): string {
  const { model, outcome, message, error, totalMs, cost } = attempt;
  const end = outcome === "complete" ? t`complete` : (message ?? error ?? outcome);
  const facts = [seconds(totalMs), cost ? costText(cost) : null].filter((fact) => fact !== null);
  return `${nameOf(model)}: ${end.replace(/\.$/, "")} (${facts.join(", ")})`;
}
