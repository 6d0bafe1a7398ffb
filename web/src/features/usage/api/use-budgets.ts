import type { BudgetList } from "@/contract/contract.gen";
import { useQuery, type Query } from "@/contract/query";

import { msUntilRenewal } from "../state/renewal";

const staleMs = 5_000;
const againMs = (list: BudgetList) => msUntilRenewal(list, Date.now());

/** What is left of the budgets. Asked again when one comes back to the page, and when one renews. */
export function useBudgets(): Query<BudgetList> {
  return useQuery("budgets.list", staleMs, againMs);
}
