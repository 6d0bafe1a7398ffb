import type { BudgetList } from "@/contract/contract.gen";

const longestMs = 3_600_000;

/** When to ask again though nothing was done here; false for never. */
export function msUntilRenewal({ budgets }: BudgetList, now: number): number | false {
  const renewals = budgets.flatMap(({ renewsAt }) => (renewsAt === null ? [] : [renewsAt]));
  if (renewals.length === 0) return false;
  const next = Math.min(...renewals.map((renewsAt) => Date.parse(renewsAt) - now));
  return Math.min(Math.max(next, 0) + 1_000, longestMs);
}
