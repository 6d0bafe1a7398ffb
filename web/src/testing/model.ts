import type { ModelSummary } from "@/contract/contract.gen";

/** Sees pictures and uses tools; its price is unknown. */
export const model: ModelSummary = {
  id: "a/one",
  connection: "a",
  connectionName: "A",
  name: "one",
  vision: true,
  audio: false,
  tools: true,
  reasoning: false,
  contextTokens: 128_000,
  outputTokens: null,
  price: null,
  health: { state: "ok", since: null, until: null },
};
