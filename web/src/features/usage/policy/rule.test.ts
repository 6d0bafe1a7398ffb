import { expect, it } from "vitest";

import {
  draftOf,
  emptyDraft,
  isForTheSame,
  problemsOf,
  ruleOf,
  sentence,
  withBudget,
  withoutBudget,
  type BudgetRule,
  type Draft,
} from "./rule";

const rule: BudgetRule = {
  whom: "everyone",
  name: null,
  shared: false,
  limit: 5_000_000,
  unit: "USD",
  period: "day",
  models: "*",
  hard: true,
};

function written(changes: Partial<Draft>): BudgetRule | null {
  return ruleOf({ ...emptyDraft, amount: "5", ...changes });
}

it.each<[Partial<Draft>, Partial<BudgetRule>]>([
  [{}, {}],
  [{ amount: " 0.000001 " }, { limit: 1 }],
  [{ amount: "4.10" }, { limit: 4_100_000 }],
  [{ amount: "0" }, { limit: 0 }],
  [
    { unit: "tokens", amount: "7" },
    { unit: "tokens", limit: 7 },
  ],
  [
    { unit: "answers", amount: "3" },
    { unit: "answers", limit: 3, period: "ever" },
  ],
  [
    { group: "guest", shared: true },
    { whom: "role", name: "guest", shared: true },
  ],
  [
    { group: "group", name: " sales " },
    { whom: "group", name: "sales" },
  ],
  [
    { group: "person", name: "a@b.c" },
    { whom: "person", name: "a@b.c", shared: true },
  ],
  [{ scope: "begins", models: "openai/o" }, { models: "openai/o*" }],
  [{ scope: "one", models: "openai/o3" }, { models: "openai/o3" }],
  [
    { hard: false, period: "ever" },
    { hard: false, period: "ever" },
  ],
])("%o is what it says", (changes, expected) => {
  const found = written(changes);
  expect(found).toEqual({ ...rule, ...expected });
  expect(found && ruleOf(draftOf(found))).toEqual(found);
});

it("a pattern that fields cannot say is kept", () => {
  for (const models of ["*/x", "openai/[o]*", "a?b"]) {
    expect(ruleOf(draftOf({ ...rule, models }))).toEqual({ ...rule, models });
  }
});

it.each<[Partial<Draft>, keyof ReturnType<typeof problemsOf>]>([
  [{ amount: "" }, "amount"],
  [{ amount: "-1" }, "amount"],
  [{ amount: "1e3" }, "amount"],
  [{ amount: "1,5" }, "amount"],
  [{ amount: "0.0000001" }, "amount"],
  [{ amount: "9999999999" }, "amount"],
  [{ amount: "1.5", unit: "requests" }, "amount"],
  [{ group: "group", name: "" }, "name"],
  [{ group: "group", name: "a b" }, "name"],
  [{ group: "person", name: "ada" }, "name"],
  [{ scope: "one", models: "" }, "models"],
  [{ scope: "begins", models: "open ai" }, "models"],
])("%o cannot be saved, and says why", (changes, field) => {
  const draft = { ...emptyDraft, amount: "5", ...changes };
  expect(Object.keys(problemsOf(draft))).toEqual([field]);
  expect(ruleOf(draft)).toBeNull();
});

it.each<[Partial<BudgetRule>, string]>([
  [
    { shared: true, limit: 20_000_000, period: "month" },
    "All together may spend up to $20.00 a month on all models. Beyond that, questions are refused until the next month begins.",
  ],
  [
    { whom: "role", name: "guest", limit: 0, period: "ever", models: "openai/o*" },
    "Each guest may spend nothing on models whose names begin with openai/o. Only what costs nothing is answered.",
  ],
  [
    { whom: "group", name: "sales", unit: "tokens", limit: 1000, period: "week", hard: false },
    "Each person of the group sales may use up to 1,000 tokens a week on all models. Beyond that nothing is refused; it is only noted in the log.",
  ],
  [
    { whom: "person", name: "a@b.c", shared: true, unit: "requests", limit: 1, models: "x/y" },
    "a@b.c may ask up to 1 time a day on x/y. Beyond that, questions are refused until the next day begins.",
  ],
  [
    { unit: "answers", limit: 3, period: "ever" },
    "Each person may have up to 3 answers written at once on all models. A further question is refused until one ends.",
  ],
])("%o is said in plain words", (changes, expected) => {
  expect(sentence({ ...rule, ...changes })).toBe(expected);
});

it("another limit is for the same, another time is not", () => {
  expect(isForTheSame(rule, { ...rule, limit: 1, hard: false })).toBe(true);
  expect(isForTheSame(rule, { ...rule, period: "week" })).toBe(false);
  const person = { ...rule, whom: "person", name: "a@b.c" } as const;
  expect(isForTheSame(person, { ...person, name: "A@B.c" })).toBe(true);
});

it("a budget is added, changed in its place, and removed", () => {
  const other = { ...rule, period: "week" } as const;
  const rules = {
    budgets: [rule, other],
    unknownPrice: null,
    cache: { seconds: 60, onRequest: false },
    keys: true,
    summaries: "at-once" as const,
  };
  const monthly = { ...rule, period: "month" } as const;
  expect(withBudget(rules, monthly).budgets).toEqual([rule, other, monthly]);
  expect(withBudget(rules, monthly, rule).budgets).toEqual([monthly, other]);
  expect(withoutBudget(rules, rule)).toEqual({ ...rules, budgets: [other] });
});

it("a budget that somebody else removed meanwhile is added again when it is changed", () => {
  const summaries = "at-once" as const;
  const rules = { budgets: [], unknownPrice: null, cache: null, keys: true, summaries };
  expect(withBudget(rules, { ...rule, limit: 1 }, rule).budgets).toEqual([{ ...rule, limit: 1 }]);
});
