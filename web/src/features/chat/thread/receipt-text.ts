import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, plural, t } from "@lingui/core/macro";

import type { Attempt, ProxyResult, Receipt, TokenUsage } from "@/contract/contract.gen";
import { formatDollars, formatList, formatNumber } from "@/i18n/format";

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

const sources: Record<string, MessageDescriptor> = {
  cache: msg`from the cache`,
  unknown: msg`price unknown`,
};

/** What a cost is worked out from: price lists by their names. */
export function sourceText({ source }: Receipt["cost"]): string {
  const all = source.split(", ");
  return formatList(all.map((one) => (sources[one] ? i18n._(sources[one]) : one)));
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

type EndReason = ProxyResult["reason"];

const reasons: Record<EndReason, MessageDescriptor> = {
  complete: msg`it was complete`,
  tool_calls: msg`the model called tools`,
  length: msg`it reached the longest that was allowed`,
  filtered: msg`the provider’s content filter cut it off`,
  refusal: msg`the model refused`,
  paused: msg`the provider paused`,
  queued: msg`the provider queued the request`,
  incomplete: msg`the connection ended early`,
};

/** Why an answer ended. */
export function reasonText(reason: string): string {
  return Object.hasOwn(reasons, reason) ? i18n._(reasons[reason as EndReason]) : reason;
}

const outcomes: Record<Attempt["outcome"], MessageDescriptor> = {
  complete: msg`complete`,
  incomplete: msg`not complete`,
  failed: msg`failed`,
  skipped: msg`not asked`,
  lost: msg`interrupted on our side`,
};

/** What became of an attempt, and how long that took; `why` says what went wrong. */
export function attemptText(
  { model, outcome, totalMs, cost }: Attempt,
  why: string | null,
  nameOf: (id: string) => string,
): string {
  const end = (outcome === "complete" ? null : why) ?? i18n._(outcomes[outcome]);
  const facts = [seconds(totalMs), cost ? costText(cost) : null].filter((fact) => fact !== null);
  return `${nameOf(model)}: ${end.replace(/[.。]$/, "")} (${facts.join(", ")})`;
}
