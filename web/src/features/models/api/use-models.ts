import type { ModelList } from "@/contract/contract.gen";
import { useQuery, type Query } from "@/contract/query";

import { isAnyInTrouble } from "../components/model-health";

const staleMs = 15_000;
const againMs = (list: ModelList) => (isAnyInTrouble(list) ? 30_000 : false);

/**
 * What can be chosen now. Asked again when one comes back to the page, since a key may have been
 * added, and from time to time while something is in trouble.
 */
export function useModels(): Query<ModelList> {
  return useQuery("models.list", staleMs, againMs);
}
