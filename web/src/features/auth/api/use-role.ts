import type { Standing } from "@/contract/contract.gen";
import { useQuery } from "@/contract/query";

/** A role counts within the hour on the server, too. */
const staleMs = 10 * 60_000;
const never = () => false as const;

/**
 * What the person signed in is here; null while it is not known. Only for what is shown: what they
 * may do is decided by each operation. Claims alone do not tell, settings name administrators, too.
 */
export function useRole(): Standing["role"] | null {
  return useQuery("people.standing", staleMs, never).data?.role ?? null;
}
