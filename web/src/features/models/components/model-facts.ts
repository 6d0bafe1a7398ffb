import { t } from "@lingui/core/macro";

import type { ModelPrice, ModelSummary } from "@/contract/contract.gen";
import { formatDollars, formatNumber } from "@/i18n/format";

/** What a model can do and what it costs, in a few words. */
export function modelFacts(model: ModelSummary): string {
  const facts = [
    model.contextTokens === null
      ? null
      : t`${{ tokens: compactTokens(model.contextTokens) }} context`,
    model.vision ? t`vision` : null,
    model.audio ? t`audio` : null,
    model.tools ? t`tools` : null,
    model.reasoning ? t`reasoning` : null,
    priceText(model.price),
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}

export function priceText(price: ModelPrice | null): string {
  if (price === null) return t`price unknown`;
  if (price.secondMicros > 0) return t`${{ price: dollars(price.secondMicros) }} a second`;
  if (price.inputMicros === 0 && price.outputMicros === 0) return t`free`;
  return t`${{ input: dollars(price.inputMicros) }} in, ${{ output: dollars(price.outputMicros) }} out per 1M tokens`;
}

function dollars(micros: number): string {
  return formatDollars(micros, { maximumFractionDigits: 6 });
}

export function compactTokens(tokens: number): string {
  return formatNumber(tokens, { notation: "compact", maximumFractionDigits: 0 });
}
