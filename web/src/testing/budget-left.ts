import type { BudgetLeft } from "@/contract/contract.gen";

/** A budget of 5 dollars a day, of which 1.80 are used. */
export function budgetLeft(known: Partial<BudgetLeft> = {}): BudgetLeft {
  return {
    id: "each-usd-day",
    text: "5 USD a day for each person",
    who: "each",
    unit: "USD",
    period: "day",
    models: "*",
    hard: true,
    limit: 5_000_000,
    used: 1_800_000,
    reserved: 0,
    renewsAt: null,
    ...known,
  };
}
