import { describe, expect, it } from "vitest";

import type { BudgetRefusal, ErrorDetails, FieldProblem } from "../contract.gen";
import contract from "../contract.json";
import { reasonText } from "./index";

const reasons: Record<string, Record<string, string>> = contract.reasons;

const budget: BudgetRefusal = {
  text: "5 USD a day for each person",
  who: "each",
  limit: 5_000_000,
  unit: "USD",
  period: "day",
  models: "*",
  left: 1_000_000,
  renewsAt: "2026-11-29T12:00:00+00:00",
  state: "short",
  raisedBy: "administrator",
};
const field: FieldProblem = { field: "name", problem: "too long", kind: "too-long", limit: 60 };

/** Two values of each kind; a kind that is only for programs has none. */
const samples: Record<string, [unknown, unknown] | null> = {
  name: ["Ada", "Grace"],
  count: [41, 42],
  seconds: [41, 42],
  duration: [41, 600],
  day: ["2026-11-28", "2026-11-29"],
  budget: [budget, { ...budget, limit: 7_000_000 }],
  id: null,
  revision: null,
  fields: null,
};

function textOf(reason: string, given: Record<string, unknown>): string {
  return reasonText({ reason, ...given } as ErrorDetails) ?? "";
}

describe.each(Object.entries(reasons))("%s", (reason, parameters) => {
  const given = Object.fromEntries(
    Object.entries(parameters).map(([name, kind]) => [name, samples[kind]?.[0] ?? []]),
  );

  it("is worded, in whole sentences", () => {
    expect(textOf(reason, given)).toMatch(/^\p{Lu}|^\d|^\$/u);
    expect(textOf(reason, given)).toMatch(/\.$/);
    expect(textOf(reason, given)).not.toMatch(/undefined|NaN|\[object|[{}]/);
  });

  for (const [name, kind] of Object.entries(parameters)) {
    const other = samples[kind]?.[1];
    if (other === undefined) continue;
    it(`tells ${name}`, () => {
      expect(textOf(reason, { ...given, [name]: other })).not.toBe(textOf(reason, given));
    });
  }
});

it("every kind of parameter is known here", () => {
  const kinds = new Set(Object.values(reasons).flatMap((parameters) => Object.values(parameters)));
  expect([...kinds].filter((kind) => !(kind in samples))).toEqual([]);
});

it.each<[keyof BudgetRefusal, unknown]>([
  ["who", "group:finance"],
  ["unit", "tokens"],
  ["period", "month"],
  ["models", "openai/*"],
  ["left", 2_000_000],
  ["renewsAt", null],
  ["state", "held"],
  ["raisedBy", "nobody"],
])("a budget that refuses tells its %s", (name, other) => {
  const text = textOf("budget-used-up", { budget });
  expect(textOf("budget-used-up", { budget: { ...budget, [name]: other } })).not.toBe(text);
});

it("names each wrong field, and how much it may be", () => {
  const fields = [field, { ...field, field: "days", kind: "missing", limit: null }];
  expect(textOf("invalid-fields", { fields })).toBe(
    "This cannot be taken as it is. Check name (too long, at most 60), days (missing).",
  );
});

it("has no words for a reason that only a newer backend knows", () => {
  expect(reasonText({ reason: "toString" } as never)).toBeNull();
});
