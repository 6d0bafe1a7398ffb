import { t } from "@lingui/core/macro";

import type { ConnectionSummary } from "@/contract/contract.gen";
import { useProblemText } from "@/contract/use-problem-text";
import { isLocal } from "@/firebase/configuration";

/** Why a connection offers no models, and what to do about it. */
export function useConnectionProblem(connection: ConnectionSummary): string {
  const { state, message } = connection;
  const why = useProblemText(connection);
  if (message !== null) return why ?? "";
  if (state !== "not-configured") return t`not reachable at the moment`;
  return isLocal
    ? t`add a key to functions/.secret.local`
    : t`no key; whoever deployed this workspace can add one`;
}
