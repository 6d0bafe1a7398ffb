import type { ModelPrice, ModelSummary } from "@/contract/contract.gen";

/** What a model can do and what it costs, in a few words. */
export function modelFacts(model: ModelSummary): string {
  const facts = [
    model.contextTokens === null ? null : `${compact(model.contextTokens)} context`,
    model.vision ? "vision" : null,
    model.audio ? "audio" : null,
    model.tools ? "tools" : null,
    model.reasoning ? "reasoning" : null,
    priceText(model.price),
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}

export function priceText(price: ModelPrice | null): string {
  if (price === null) return "price unknown";
  if (price.secondMicros > 0) return `${dollars(price.secondMicros)} a second`;
  if (price.inputMicros === 0 && price.outputMicros === 0) return "free";
  return `${dollars(price.inputMicros)} in, ${dollars(price.outputMicros)} out per 1M tokens`;
}

function dollars(micros: number): string {
  return (micros / 1_000_000).toLocaleString("en", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 6,
  });
}

function compact(tokens: number): string {
  return tokens.toLocaleString("en", { notation: "compact", maximumFractionDigits: 0 });
}
