import { describe, expect, it } from "vitest";

import type { Receipt } from "@/contract/contract.gen";

import {
  attemptText,
  costText,
  handoverText,
  leftOutText,
  receiptSummary,
  speedText,
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
      leftOutIds: [],
      summaryUsed: false,
      cached: null,
      wish: null,
      reasoningMs: null,
    };
    const rest = ["1,234 tokens", "$0.0012", "first token 420 ms", "total 12 s"];
    expect(receiptSummary(receipt, "B")).toEqual(["B", ...rest]);
    expect(receiptSummary({ ...receipt, wish: "shorter" }, "B")).toEqual(["B", "Shorter", ...rest]);
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
  });

  it("says when messages were left out", () => {
    expect(leftOutText({ leftOutMessages: 0 } as Receipt)).toBeNull();
    expect(leftOutText({ leftOutMessages: 3 } as Receipt)).toMatch(/^3 older messages/);
    const summedUp = { leftOutMessages: 1, summaryUsed: true } as Receipt;
    expect(leftOutText(summedUp)).toMatch(/^One older message .*: a summary stood for it\.$/);
    expect(leftOutText({ ...summedUp, leftOutMessages: 12 })).toMatch(
      /^12 older messages .*: a summary stood for them\.$/,
    );
  });
});

describe("how fast an answer came", () => {
  const receipt = { usage, firstTokenMs: 500, totalMs: 2500, cached: null } as Receipt;

  it("counts from the first token on", () => {
    const outputTokens = 100;
    expect(speedText({ ...receipt, usage: { ...usage, outputTokens } })).toBe("50 tokens a second");
  });

  it("is not said where it is not known, or means nothing", () => {
    const unknown = { ...usage, outputTokens: null };
    expect(speedText({ ...receipt, usage: unknown })).toBeNull();
    expect(speedText({ ...receipt, firstTokenMs: null })).toBeNull();
    expect(speedText({ ...receipt, totalMs: 501 })).toBeNull();
    expect(speedText({ ...receipt, cached: { madeAt: "", savedMicros: 1 } })).toBeNull();
  });
});

describe("an answer by another model than the one asked", () => {
  const attempt = (model: string, outcome: "failed" | "complete", firstTokenMs: number | null) => ({
    number: 1,
    model,
    outcome,
    error: outcome === "failed" ? "overloaded" : null,
    message: outcome === "failed" ? "The provider is overloaded." : null,
    details: null,
    startedMs: 0,
    firstTokenMs,
    totalMs: 1500,
    usage: null,
    cost: outcome === "complete" ? { micros: 12_000, source: "", partial: false } : null,
  });
  const nameOf = (id: string) => id.toUpperCase();
  const receipt = (firstTokenMs: number | null, modelUsed = "b"): Receipt =>
    ({
      modelAsked: "a",
      modelUsed,
      attempts: [attempt("a", "failed", firstTokenMs), attempt(modelUsed, "complete", 10)],
    }) as Receipt;

  it("says who could not and who did", () => {
    expect(handoverText(receipt(null), nameOf)).toBe("A did not answer; B answered instead.");
    expect(handoverText(receipt(7), nameOf)).toBe("A broke off; B went on.");
    expect(handoverText(receipt(null, "a"), nameOf)).toBeNull();
  });

  it("lists each attempt with its reason, time and cost", () => {
    expect(receipt(null).attempts.map((one) => attemptText(one, one.message, nameOf))).toEqual([
      "A: The provider is overloaded (1.5 s)",
      "B: complete (1.5 s, $0.01)",
    ]);
  });
});
