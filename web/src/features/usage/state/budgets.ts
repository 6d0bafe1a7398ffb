import { t } from "@lingui/core/macro";

import type { BudgetLeft } from "@/contract/contract.gen";
import { formatMoment, formatTime } from "@/i18n/format";

import { amountText } from "@/i18n/amounts";
import { matchesPattern } from "./pattern";

/** How much of a budget is used and reserved. */
export type Taken = Pick<BudgetLeft, "limit" | "used" | "reserved">;

/** `warning` from four fifths on, `danger` when nothing is left. */
export type Level = "quiet" | "warning" | "danger";
const warnsFrom = 0.8;

export function leftOf({ limit, used, reserved }: Taken): number {
  return Math.max(0, limit - used - reserved);
}

/** The part that is used or reserved, from 0 to 1. A budget of nothing is used up. */
export function partTaken(budget: Taken): number {
  return budget.limit === 0 ? 1 : 1 - leftOf(budget) / budget.limit;
}

export function levelOf(budget: Taken): Level {
  if (budget.used >= budget.limit) return "danger";
  return partTaken(budget) >= warnsFrom ? "warning" : "quiet";
}

/**
 * The budget that would be the first to refuse one of these models; null where none would. Not one
 * of answers at once: a question waits for its turn anyway.
 */
export function tightestBudget(
  budgets: readonly BudgetLeft[],
  models: readonly string[],
): BudgetLeft | null {
  const concerned = budgets.filter(
    (budget) =>
      budget.hard &&
      budget.unit !== "answers" &&
      models.some((model) => matchesPattern(budget.models, model)),
  );
  return concerned.toSorted((a, b) => partTaken(b) - partTaken(a))[0] ?? null;
}

/** What is left of a budget, and for how long. */
export function leftText(budget: BudgetLeft, now: Date): string {
  const { unit, renewsAt } = budget;
  const until = renewsAt === null ? null : whenText(new Date(renewsAt), now);
  if (levelOf(budget) === "danger") {
    return until === null ? t`Budget used up` : t`Budget used up until ${until}`;
  }
  const amount = amountText(leftOf(budget), unit);
  return until === null ? t`${amount} left` : t`${amount} left until ${until}`;
}

/** A moment to come, as one says it now. */
export function whenText(at: Date, now: Date): string {
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days <= 1) {
    const time = formatTime(at, { timeStyle: "short" });
    return days === 1 ? t`tomorrow ${{ time }}` : time;
  }
  return formatMoment(at, days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" });
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
