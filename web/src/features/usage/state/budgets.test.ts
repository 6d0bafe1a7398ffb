import { i18n } from "@lingui/core";
import { describe, expect, it } from "vitest";

import type { BudgetLeft } from "@/contract/contract.gen";

import { budgetLeft as budget } from "@/testing/budget-left";

import { leftText, levelOf, partTaken, tightestBudget, whenText } from "./budgets";
import { msUntilRenewal } from "./renewal";

i18n.activate("en", "en-GB");

const now = new Date(2026, 10, 27, 15, 30);
const at = (...[day, hour]: [number, number]) => new Date(2026, 10, day, hour);

describe("what is left", () => {
  it.each([
    [{ renewsAt: at(28, 0).toISOString() }, "$3.20 left until tomorrow 00:00"],
    [{ reserved: 1_000_000 }, "$2.20 left"],
    [
      { unit: "requests", limit: 100, used: 99, renewsAt: at(27, 16).toISOString() },
      "1 request left until 16:00",
    ],
    [{ unit: "tokens", limit: 20_000, used: 5_000 }, "15,000 tokens left"],
    [{ used: 4_999_000 }, "$0.0010 left"],
    [{ used: 4_000_000, reserved: 2_000_000 }, "$0.00 left"],
    [{ used: 5_100_000, renewsAt: at(28, 0).toISOString() }, "Budget used up until tomorrow 00:00"],
    [{ limit: 0, used: 0 }, "Budget used up"],
  ] satisfies [Partial<BudgetLeft>, string][])("%o: %s", (known, text) => {
    expect(leftText(budget(known), now)).toBe(text);
  });

  it.each([
    [0, 0, "quiet"],
    [3_999_999, 0, "quiet"],
    [4_000_000, 0, "warning"],
    [3_000_000, 1_000_000, "warning"],
    [4_000_000, 1_000_000, "warning"],
    [5_000_000, 0, "danger"],
  ])("of 5 dollars with %s used and %s reserved is %s", (used, reserved, level) => {
    expect(levelOf(budget({ used, reserved }))).toBe(level);
  });

  it("a budget of nothing is used up", () => {
    expect([
      partTaken(budget({ limit: 0, used: 0 })),
      levelOf(budget({ limit: 0, used: 0 })),
    ]).toEqual([1, "danger"]);
  });
});

describe("the budget that counts for a question", () => {
  const wide = budget({ id: "wide", used: 1_000_000 });
  const tight = budget({ id: "tight", models: "openai/o*", used: 4_000_000 });
  const warns = budget({ id: "warns", hard: false, used: 5_000_000 });

  it("is the one with the smallest part left of those that concern the model and refuse", () => {
    const all = [wide, tight, warns];
    expect(tightestBudget(all, ["openai/o3"])?.id).toBe("tight");
    expect(tightestBudget(all, ["openai/gpt-5"])?.id).toBe("wide");
    expect(tightestBudget(all, ["openai/gpt-5", "openai/o3"])?.id).toBe("tight");
  });

  it("is none where none would refuse", () => {
    expect(tightestBudget([warns], ["openai/o3"])).toBeNull();
    expect(tightestBudget([wide], [])).toBeNull();
  });
});

it.each([
  [at(27, 16), "16:00"],
  [at(28, 0), "tomorrow 00:00"],
  [at(30, 0), "Monday 00:00"],
  [new Date(2026, 11, 4), "4 December at 00:00"],
])("says when: %s", (moment, text) => {
  expect(whenText(moment, now)).toBe(text);
});

describe("asking again by itself", () => {
  const list = (...budgets: BudgetLeft[]) => ({ budgets, timeZone: "UTC", cache: "off" as const });
  const renewing = (ms: number) => budget({ renewsAt: new Date(+now + ms).toISOString() });

  it.each([
    ["never without budgets", list(), false],
    ["never for what does not renew", list(budget()), false],
    ["when the first one renews", list(renewing(90_000), renewing(60_000)), 61_000],
    ["each hour until a far renewal", list(renewing(40 * 86_400_000)), 3_600_000],
    ["at once but not in a loop when it has renewed", list(renewing(-5_000)), 1_000],
  ])("%s", (_when, budgets, ms) => {
    expect(msUntilRenewal(budgets, now.getTime())).toBe(ms);
  });
});
