/** Budgets as people read them. */
import { t } from "@lingui/core/macro";

import type { BudgetLeft, BudgetRuleOutput } from "@/contract/contract.gen";

import { amountText } from "./amounts";

type Subject = Pick<BudgetRuleOutput, "whom" | "name" | "shared">;
type Allowance = Pick<BudgetLeft, "limit" | "unit" | "period" | "models">;

/** `who` is as the backend's setting has it. */
export function budgetText(budget: Allowance & Pick<BudgetLeft, "who">): string {
  return textOf(whoText(budget.who), budget);
}

export function ruleText(rule: BudgetRuleOutput): string {
  return textOf(subjectText(rule), rule);
}

function textOf(subject: string, allowance: Allowance): string {
  const amount = allowanceText(allowance);
  const { models } = allowance;
  return models === "*" ? t`${subject}: ${amount}` : t`${subject}: ${amount} on ${models}`;
}

function whoText(who: string): string {
  if (who.startsWith("key:")) return t`The key`;
  const shared = who !== "each" && !who.startsWith("each ");
  const name = who.replace(/^each /, "");
  if (name === "each" || name === "everyone") return subjectText(of("everyone", null, shared));
  if (name.startsWith("group:")) return subjectText(of("group", name.slice(6), shared));
  const role = /^(admin|member|guest)s?$/.exec(name)?.[1];
  return subjectText(role ? of("role", role, shared) : of("person", name, shared));
}

function of(whom: Subject["whom"], name: string | null, shared: boolean): Subject {
  return { whom, name, shared };
}

/** Whom a budget is for. */
export function subjectText({ whom, name, shared }: Subject): string {
  switch (whom) {
    case "everyone":
      return shared ? t`All together` : t`Each person`;
    case "role":
      return roleText(name as "admin" | "member" | "guest", shared);
    case "group":
      return shared
        ? t`All of the group ${{ name: name ?? "" }} together`
        : t`Each person of the group ${{ name: name ?? "" }}`;
    case "person":
      return name ?? "";
  }
}

function roleText(role: "admin" | "member" | "guest", shared: boolean): string {
  switch (role) {
    case "admin":
      return shared ? t`All administrators together` : t`Each administrator`;
    case "member":
      return shared ? t`All members together` : t`Each member`;
    case "guest":
      return shared ? t`All guests together` : t`Each guest`;
  }
}

function allowanceText({ limit, unit, period }: Allowance): string {
  const amount = amountText(limit, unit);
  if (unit === "answers") return t`${amount} at once`;
  switch (period) {
    case "minute":
      return t`${amount} a minute`;
    case "hour":
      return t`${amount} an hour`;
    case "day":
      return t`${amount} a day`;
    case "week":
      return t`${amount} a week`;
    case "month":
      return t`${amount} a month`;
    case "ever":
      return t`${amount} in all`;
  }
}
