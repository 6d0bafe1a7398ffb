import { describe, expect, it } from "vitest";

import type { Receipt } from "@/contract/contract.gen";

import {
  costText,
  leftOutText,
  receiptSummary,
  seconds,
  tokensText,
  totalTokens,
} from "./receipt-text";

const usage = {
  inputTokens: 1200,
  outputTokens: 34,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
  partial: false,
};

describe("the receipt's line", () => {
  it("says what is known", () => {
    const receipt: Receipt = {
      modelAsked: "a/b",
      modelUsed: "a/b",
      reason: "complete",
      usage,
      cost: { micros: 1234, source: "list price", partial: false },
      firstTokenMs: 420,
      totalMs: 12_400,
      attempts: [],
      contextMessages: 2,
      leftOutMessages: 0,
    };
    expect(receiptSummary(receipt, "B")).toEqual([
      "B",
      "1,234 tokens",
      "$0.0012",
      "first token 420 ms",
      "total 12 s",
    ]);
  });

  it.each([
    [null, "cost unknown"],
    [0, "free"],
    [7, "$0.000007"],
    [12_000, "$0.01"],
  ])("tells a cost of %s micro-dollars", (micros, text) => {
    expect(costText({ micros, source: "", partial: false })).toBe(text);
  });

  it("does not take a part of a cost for the whole", () => {
    expect(costText({ micros: 12_000, source: "", partial: true })).toBe("at least $0.01");
    expect(costText({ micros: 0, source: "", partial: true })).toBe("cost unknown");
  });

  it("does not take unknown for zero", () => {
    expect(tokensText(totalTokens(null))).toBe("tokens unknown");
    expect(tokensText(totalTokens({ ...usage, inputTokens: null, outputTokens: null }))).toBe(
      "tokens unknown",
    );
    expect(seconds(null)).toBeNull();
  });

  it("says when messages were left out", () => {
    expect(leftOutText({ leftOutMessages: 0 } as Receipt)).toBeNull();
    expect(leftOutText({ leftOutMessages: 3 } as Receipt)).toMatch(/^3 older messages/);
  });
});
