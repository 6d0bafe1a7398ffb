import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { call } from "@/contract/call";
import type { ModelList } from "@/contract/contract.gen";

/** What can be chosen now. Asked again when one comes back to the page: a key may have been added. */
export function useModels(): UseQueryResult<ModelList> {
  return useQuery({
    queryKey: ["models"],
    queryFn: () => call("models.list", {}),
    staleTime: 15_000,
  });
}
