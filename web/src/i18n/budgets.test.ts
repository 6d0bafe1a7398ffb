import { expect, it } from "vitest";

import { budgetText, ruleText } from "./budgets";

const budget = { limit: 5_000_000, unit: "USD", period: "day", models: "*" } as const;

it.each([
  ["everyone", "All together: $5.00 a day"],
  ["each", "Each person: $5.00 a day"],
  ["members", "All members together: $5.00 a day"],
  ["each guest", "Each guest: $5.00 a day"],
  ["group:finance", "All of the group finance together: $5.00 a day"],
  ["each group:finance", "Each person of the group finance: $5.00 a day"],
  ["ada@example.com", "ada@example.com: $5.00 a day"],
  ["key:0123456789abcdef0123", "The key: $5.00 a day"],
])("a budget of %s names whom it is for", (who, text) => {
  expect(budgetText({ ...budget, who })).toBe(text);
});

it("a budget says how much, in which time and on which models", () => {
  const who = "each";
  expect(budgetText({ ...budget, who, unit: "tokens", limit: 1, period: "ever" })).toBe(
    "Each person: 1 token in all",
  );
  expect(budgetText({ ...budget, who, unit: "answers", limit: 2, period: "ever" })).toBe(
    "Each person: 2 answers at once",
  );
  expect(budgetText({ ...budget, who, models: "openai/o*" })).toBe(
    "Each person: $5.00 a day on openai/o*",
  );
});

it("a rule is said like the budget that it is", () => {
  const rule = { ...budget, whom: "role", name: "guest", shared: true, hard: true } as const;
  expect(ruleText(rule)).toBe(budgetText({ ...budget, who: "guests" }));
});
