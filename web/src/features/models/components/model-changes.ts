import { t } from "@lingui/core/macro";

import type { ModelPrice, ModelSummary, TokenUsage } from "@/contract/contract.gen";
import { formatNumber } from "@/i18n/format";

import { compactTokens } from "./model-facts";

/** Below this, a price is the same to a person. */
const notable = 1.5;

/**
 * What is otherwise when `next` goes on in a conversation whose last answer, by `before`, used so
 * much; null where nothing of note is.
 */
export function modelChanges(
  before: ModelSummary,
  next: ModelSummary,
  usage: TokenUsage | null,
): string | null {
  const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
  const changes = [
    memoryChange(before.contextTokens, next.contextTokens, tokens),
    before.vision && !next.vision ? t`sees no pictures` : null,
    before.tools && !next.tools ? t`uses no tools` : null,
    priceChange(before.price, next.price),
  ].filter((change) => change !== null);
  return changes.length === 0 ? null : changes.join(" · ");
}

function memoryChange(before: number | null, next: number | null, tokens: number): string | null {
  if (next === null) return null;
  if (tokens > next) return t`too small for all that was said here`;
  if (before === null || next >= before) return null;
  return t`${{ next: compactTokens(next) }} context instead of ${{ before: compactTokens(before) }}`;
}

/** By what as much read as written costs: which of them there will be is not known. */
function priceChange(before: ModelPrice | null, next: ModelPrice | null): string | null {
  if (before === null || next === null) return null;
  if (before.secondMicros > 0 || next.secondMicros > 0) return null;
  const [was, becomes] = [before, next].map((price) => price.inputMicros + price.outputMicros);
  if (!was || !becomes) return was === becomes ? null : becomes ? t`not free` : t`free`;
  const factor = becomes / was;
  if (factor < notable && factor > 1 / notable) return null;
  const times = formatNumber(factor, { maximumSignificantDigits: factor < 10 ? 2 : 3 });
  return t`${times} times the price`;
}
