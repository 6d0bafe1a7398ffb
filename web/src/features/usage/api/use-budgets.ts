import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { call } from "@/contract/call";
import type { BudgetList } from "@/contract/contract.gen";

import { msUntilRenewal } from "../state/budgets";

/** What is left of the budgets. Asked again when one comes back to the page, and when one renews. */
export function useBudgets(): UseQueryResult<BudgetList> {
  return useQuery({
    queryKey: ["budgets"],
    queryFn: () => call("budgets.list", {}),
    staleTime: 5_000,
    refetchInterval: ({ state: { data } }) => (data ? msUntilRenewal(data, Date.now()) : false),
  });
}
