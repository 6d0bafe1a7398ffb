import { expect, it } from "vitest";

import type { ModelPrice, ModelSummary, TokenUsage } from "@/contract/contract.gen";
import { model } from "@/testing/model";

import { modelChanges } from "./model-changes";

function price(inputMicros: number, outputMicros: number): ModelPrice {
  return { inputMicros, outputMicros, secondMicros: 0, source: "", asOf: null };
}

const before: ModelSummary = { ...model, price: price(100, 400) };

const used = (inputTokens: number) => ({ inputTokens, outputTokens: 1 }) as TokenUsage;
const to = (change: Partial<ModelSummary>, tokens = 1_000) =>
  modelChanges(before, { ...before, ...change }, used(tokens));

it("nothing is said of a model that is as good and costs about as much", () => {
  expect(to({ contextTokens: 200_000, reasoning: true, price: price(120, 500) })).toBeNull();
});

it("what cannot be done any more is said", () => {
  expect(to({ vision: false, tools: false })).toBe("sees no pictures · uses no tools");
});

it("less room is said, and where not all of the conversation fits", () => {
  expect(to({ contextTokens: 8_000 })).toBe("8K context instead of 128K");
  expect(to({ contextTokens: 8_000 }, 8_000)).toBe("too small for all that was said here");
  expect(to({ contextTokens: null }, 8_000)).toBeNull();
});

it("a price is compared where both are known and one is another", () => {
  expect(to({ price: price(400, 1_600) })).toBe("4 times the price");
  expect(to({ price: price(10, 40) })).toBe("0.1 times the price");
  expect(to({ price: price(0, 0) })).toBe("free");
  expect(to({ price: null })).toBeNull();
  expect(to({ price: { ...price(0, 0), secondMicros: 200 } })).toBeNull();
  const free = { ...before, price: price(0, 0) };
  expect(modelChanges(free, before, null)).toBe("not free");
  expect(modelChanges(free, free, null)).toBeNull();
});
