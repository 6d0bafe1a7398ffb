import { describe, expect, it } from "vitest";

import type { TokenUsage } from "@/contract/contract.gen";

import { digitsFor, dollars, roughDollars } from "@/i18n/amounts";
import { estimateMicros } from "./estimate";

const price = { inputMicros: 2_000_000, outputMicros: 10_000_000 };

function usage(inputTokens: number | null, outputTokens: number | null): TokenUsage {
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    partial: false,
  };
}

describe("the cost of the next question", () => {
  it("is that of what is typed and of a usual answer while nothing was said", () => {
    expect(estimateMicros(price, 400, null)).toBe(100 * 2 + 300 * 10);
  });

  it("takes along what was said, and an answer like the last one", () => {
    expect(estimateMicros(price, 40, usage(1000, 200))).toBe(1210 * 2 + 200 * 10);
  });

  it("takes what is not known as nothing said and a usual answer", () => {
    expect(estimateMicros(price, 0, usage(1000, null))).toBe(1000 * 2 + 300 * 10);
    expect(estimateMicros(price, 0, usage(null, 50))).toBe(50 * 2 + 50 * 10);
  });
});

describe("dollars", () => {
  it.each([
    [0, "$0.00"],
    [7, "$0.000007"],
    [1_234, "$0.0012"],
    [3_200_000, "$3.20"],
    [1_234_567_890, "$1,234.57"],
  ])("%s micro-dollars are %s", (micros, text) => {
    expect(dollars(micros)).toBe(text);
  });

  it("below each other have as many digits as the smallest needs", () => {
    expect(digitsFor([3_200_000, 1_234, 0])).toBe(4);
    expect(digitsFor([])).toBe(2);
  });

  it.each([
    [12, "less than $0.0001"],
    [140, "about $0.0001"],
    [4_321, "about $0.004"],
    [9_960, "about $0.01"],
    [12_345, "about $0.01"],
    [1_500_000, "about $1.50"],
  ])("of a guess, %s, have few digits: %s", (micros, text) => {
    expect(roughDollars(micros)).toBe(text);
  });
});
