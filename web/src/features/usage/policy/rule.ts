/** A budget as an administrator says it, in words and fields instead of a syntax. */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, plural, t } from "@lingui/core/macro";

import type { BudgetRuleOutput, PolicyRulesOutput } from "@/contract/contract.gen";

import { amountText, dollars, readAmount } from "@/i18n/amounts";
import { subjectText } from "@/i18n/budgets";

export type BudgetRule = BudgetRuleOutput;
export type Rules = PolicyRulesOutput;

/** Whom, as one chooses it: roles are things of their own. */
type Group = "everyone" | "admin" | "member" | "guest" | "group" | "person";
/** Which models: all, those whose names begin alike, one, or what only a pattern can say. */
type Scope = "all" | "begins" | "one" | "pattern";

export interface Draft {
  group: Group;
  name: string;
  shared: boolean;
  amount: string;
  unit: BudgetRule["unit"];
  period: BudgetRule["period"];
  scope: Scope;
  models: string;
  hard: boolean;
}

export type Problems = Partial<Record<"name" | "amount" | "models", string>>;

const micros = 1_000_000;

export const emptyDraft: Draft = {
  group: "everyone",
  name: "",
  shared: false,
  amount: "",
  unit: "USD",
  period: "day",
  scope: "all",
  models: "",
  hard: true,
};

export function draftOf(rule: BudgetRule): Draft {
  const { whom, name, shared, unit, period, hard } = rule;
  return {
    group: whom === "role" ? (name as Group) : whom,
    name: whom === "role" ? "" : (name ?? ""),
    shared,
    amount: String(unit === "USD" ? rule.limit / micros : rule.limit),
    unit,
    period,
    hard,
    ...scopeOf(rule.models),
  };
}

function scopeOf(pattern: string): Pick<Draft, "scope" | "models"> {
  if (pattern === "*") return { scope: "all", models: "" };
  const start = pattern.slice(0, -1);
  if (pattern.endsWith("*") && !/[*?[]/.test(start)) return { scope: "begins", models: start };
  return { scope: /[*?[]/.test(pattern) ? "pattern" : "one", models: pattern };
}

function patternOf({ scope, models }: Draft): string {
  if (scope === "all") return "*";
  return scope === "begins" ? `${models.trim()}*` : models.trim();
}

/** What is wrong with a draft; empty where it can be saved. */
export function problemsOf(draft: Draft): Problems {
  const { group, name, scope, models } = draft;
  const problems: Problems = {};
  if (group === "group" && !/^[^\s:;,@]{1,64}$/.test(name.trim())) {
    problems.name = t`A group’s name has no spaces, commas, colons or @.`;
  }
  if (group === "person" && !/^[^\s:;,@]{1,64}@[^\s:;,@]{1,189}$/.test(name.trim())) {
    problems.name = t`Write the e-mail that this person signs in with.`;
  }
  if (readAmount(draft.amount, draft.unit) === null) {
    problems.amount =
      draft.unit === "USD"
        ? t`Write dollars as a number, such as 20 or 0.50.`
        : t`Write a whole number, such as 100.`;
  }
  if (scope !== "all" && !/^[!-~]{1,199}$/.test(models.trim())) {
    problems.models = t`Write a model’s name without spaces, such as openai/gpt-5.`;
  }
  return problems;
}

/** Null while something is wrong. */
export function ruleOf(draft: Draft): BudgetRule | null {
  const { group, shared, unit, period, hard } = draft;
  const limit = readAmount(draft.amount, draft.unit);
  if (limit === null || Object.keys(problemsOf(draft)).length > 0) return null;
  const isNamed = group === "group" || group === "person";
  const isRole = group === "admin" || group === "member" || group === "guest";
  return {
    whom: isRole ? "role" : group,
    name: isNamed ? draft.name.trim() : isRole ? group : null,
    shared: group === "person" || shared,
    limit,
    unit,
    period: unit === "answers" ? "ever" : period,
    models: patternOf(draft),
    hard,
  };
}

/** Whether both count the same, so that only one of them can be there. */
export function isForTheSame(one: BudgetRule, other: BudgetRule): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ whom, name, shared, unit, period, models }: BudgetRule): string {
  const named = whom === "person" ? name?.toLowerCase() : name;
  return JSON.stringify([whom, named, shared, unit, period, models]);
}

/** The rules with one budget put in place of another, or added where there is none. */
export function withBudget(rules: Rules, budget: BudgetRule, instead?: BudgetRule): Rules {
  const at = rules.budgets.findIndex((one) => isForTheSame(one, instead ?? budget));
  return {
    ...rules,
    budgets: at < 0 ? [...rules.budgets, budget] : rules.budgets.with(at, budget),
  };
}

export function withoutBudget(rules: Rules, budget: BudgetRule): Rules {
  return { ...rules, budgets: rules.budgets.filter((one) => !isForTheSame(one, budget)) };
}

const times: Record<BudgetRule["period"], { each: MessageDescriptor; next: MessageDescriptor }> = {
  minute: { each: msg`a minute`, next: msg`until the next minute` },
  hour: { each: msg`an hour`, next: msg`until the next hour` },
  day: { each: msg`a day`, next: msg`until the next day begins` },
  week: { each: msg`a week`, next: msg`until the next Monday` },
  month: { each: msg`a month`, next: msg`until the next month begins` },
  ever: { each: msg`in all`, next: msg`until an administrator allows more` },
};

function deedOf({ limit, unit, period }: BudgetRule): string {
  const each = i18n._(times[period].each);
  switch (unit) {
    case "USD":
      return limit === 0
        ? t`may spend nothing`
        : t`may spend up to ${{ amount: dollars(limit) }} ${each}`;
    case "tokens":
      return t`may use up to ${{ amount: amountText(limit, unit) }} ${each}`;
    case "requests":
      return t`may ask up to ${plural(limit, { one: "# time", other: "# times" })} ${each}`;
    case "answers":
      return t`may have up to ${{ amount: amountText(limit, unit) }} written at once`;
  }
}

function modelsOf(pattern: string): string {
  const { scope, models } = scopeOf(pattern);
  switch (scope) {
    case "all":
      return t`on all models`;
    case "begins":
      return t`on models whose names begin with ${models}`;
    case "one":
      return t`on ${models}`;
    case "pattern":
      return t`on models like ${models}`;
  }
}

/** What a budget does, for who has never seen one. */
export function sentence(rule: BudgetRule): string {
  const { unit, period, limit, hard } = rule;
  const allowed = t`${{ subject: subjectText(rule) }} ${{ deed: deedOf(rule) }} ${{ models: modelsOf(rule.models) }}.`;
  if (!hard) return t`${allowed} Beyond that nothing is refused; it is only noted in the log.`;
  if (unit === "USD" && limit === 0) return t`${allowed} Only what costs nothing is answered.`;
  if (unit === "answers") return t`${allowed} A further question is refused until one ends.`;
  return t`${allowed} Beyond that, questions are refused ${{ next: i18n._(times[period].next) }}.`;
}
