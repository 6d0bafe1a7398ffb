import { plural, t } from "@lingui/core/macro";

import { amountText } from "@/i18n/amounts";
import { budgetText } from "@/i18n/budgets";
import { formatDate, formatMoment, formatNumber } from "@/i18n/format";

import type { BudgetRefusal } from "../contract.gen";
import { sentences, type Words } from "./parts";

export const ofUsage = {
  "budget-used-up": ({ budget }) =>
    sentences(stateText(budget), renewalText(budget), wayOut(budget.raisedBy)),
  "answers-at-once": ({ budget }) =>
    t`${{ budget: budgetText(budget) }}: that is the most here, and so many are being written. Wait for one of them to end.`,
  "budget-contended": () => t`This budget is asked for from too many places. Try again.`,
  "ledger-not-written": () => t`What this would cost could not be noted. Try again.`,
  "price-unknown": ({ title }) =>
    t`The price of ${title} is not known here, and a budget in dollars holds. Choose another model; an administrator of this workspace can allow it.`,
  "policy-changed": ({ name }) =>
    t`${name} has changed the budgets meanwhile. Look at what holds now, and save again.`,
  "policy-changed-by-somebody": () =>
    t`Somebody else has changed the budgets meanwhile. Look at what holds now, and save again.`,
  "policy-away": () => t`What may be spent here cannot be read right now. Try again.`,
  "days-wrong": ({ most }) =>
    plural(most, {
      one: "Ask for # day.",
      other: "Ask for 1 to # days, the first of them first.",
    }),
  "sums-not-made": () => t`These sums are being made. Try again in a minute.`,
  "sums-being-made": () => t`These sums are being made by somebody else. Try again.`,
  "sums-too-many": () => t`This is more than can be summed at once: ask for fewer days.`,
  "day-too-large": ({ day, most }) =>
    t`${{ day: dayText(day) }} has more than ${{ most: formatNumber(most) }} sums: too many to be rolled up.`,
  "entries-too-many": ({ most }) =>
    t`This is more than ${{ most: formatNumber(most) }} entries: too many to be summed here.`,
} satisfies Partial<Words>;

function stateText(refusal: BudgetRefusal): string {
  const budget = budgetText(refusal);
  const left = amountText(refusal.left, refusal.unit);
  switch (refusal.state) {
    case "used-up":
      return t`The budget is used up: ${budget}.`;
    case "short":
      return t`The budget has not enough left for this, only ${left}: ${budget}.`;
    case "held":
      return t`The budget has not enough left for this while other answers are being written, only ${left}: ${budget}.`;
  }
}

function renewalText({ renewsAt }: BudgetRefusal): string | null {
  if (renewsAt === null) return null;
  const at = formatMoment(new Date(renewsAt), { day: "numeric", month: "long" });
  return t`It renews on ${{ time: at }}.`;
}

function wayOut(raisedBy: BudgetRefusal["raisedBy"]): string {
  switch (raisedBy) {
    case "administrator":
      return t`An administrator of this workspace can raise it.`;
    case "deployment":
      return t`Whoever runs this workspace can raise it.`;
    case "nobody":
      return t`It is the key’s own: a new key can have another one.`;
  }
}

function dayText(day: string): string {
  return formatDate(new Date(`${day}T12:00`), { dateStyle: "long" });
}
