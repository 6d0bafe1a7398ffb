import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { call } from "@/contract/call";
import type { ModelList } from "@/contract/contract.gen";

import { isAnyInTrouble } from "../components/model-health";

/**
 * What can be chosen now. Asked again when one comes back to the page, since a key may have been
 * added, and from time to time while something is in trouble.
 */
export function useModels(): UseQueryResult<ModelList> {
  return useQuery({
    queryKey: ["models"],
    queryFn: () => call("models.list", {}),
    staleTime: 15_000,
    refetchInterval: ({ state: { data } }) => (data && isAnyInTrouble(data) ? 30_000 : false),
  });
}
