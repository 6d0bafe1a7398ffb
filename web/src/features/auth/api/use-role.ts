import { useQuery } from "@tanstack/react-query";

import { call } from "@/contract/call";
import type { Standing } from "@/contract/contract.gen";

import { usePerson } from "../state/session";

/** A role counts within the hour on the server, too. */
const freshMs = 10 * 60_000;

/**
 * What the person signed in is here; null while it is not known. Only for what is shown: what they
 * may do is decided by each operation. Claims alone do not tell, settings name administrators, too.
 */
export function useRole(): Standing["role"] | null {
  const { uid } = usePerson();
  const { data } = useQuery({
    queryKey: ["standing", uid],
    queryFn: () => call("people.standing", {}),
    enabled: uid !== "",
    staleTime: freshMs,
  });
  return data?.role ?? null;
}
