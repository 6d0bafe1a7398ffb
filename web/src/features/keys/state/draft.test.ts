import { describe, expect, it } from "vitest";

import { emptyDraft, inputOf, problemsOf } from "./draft";

const named = { ...emptyDraft, name: " Nightly report " };

describe("a key as it is written", () => {
  it("needs a name, and is for three months and all models without more", () => {
    expect(problemsOf(emptyDraft)).toEqual({ name: "Say what it is for." });
    expect(inputOf(emptyDraft, "r")).toBeNull();
    expect(inputOf(named, "r")).toEqual({
      requestId: "r",
      name: "Nightly report",
      days: 90,
      budget: null,
      models: null,
    });
  });

  it("has a budget in micro-dollars, tokens or requests", () => {
    const limited = { ...named, isLimited: true, amount: "0.05" };
    expect(inputOf(limited, "r")?.budget).toEqual({ limit: 50_000, unit: "USD", period: "month" });
    expect(inputOf({ ...limited, amount: "9", unit: "requests" }, "r")?.budget?.limit).toBe(9);
  });

  it.each(["", "0", "-1", "much", "1e3", "0.0000001", "99999999999"])(
    "has no budget of %j",
    (amount) => {
      expect(inputOf({ ...named, isLimited: true, amount }, "r")).toBeNull();
      expect(problemsOf({ ...named, amount })).toEqual({});
    },
  );

  it("counts requests as whole numbers", () => {
    const half = { ...named, isLimited: true, amount: "1.5", unit: "requests" } as const;
    expect(problemsOf(half)).toEqual({ amount: "Write a whole number." });
  });

  it("is for models by their whole names, or a pattern", () => {
    const models = "openai/gpt-5-mini, mistral/*  ";
    expect(inputOf({ ...named, models }, "r")?.models).toEqual(["openai/gpt-5-mini", "mistral/*"]);
    expect(problemsOf({ ...named, models: "gpt-5-mini" }).models).toMatch(/openai\/gpt-5-mini/);
    expect(problemsOf({ ...named, models: "a/b ".repeat(21) }).models).toBe("20 are the most.");
  });
});
