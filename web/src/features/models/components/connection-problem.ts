import { t } from "@lingui/core/macro";

import type { ConnectionSummary } from "@/contract/contract.gen";
import { isLocal } from "@/firebase/configuration";

/** Why a connection offers no models, and what to do about it. */
export function connectionProblem({ state, reason }: ConnectionSummary): string {
  if (reason !== null) return reason;
  if (state !== "not-configured") return t`not reachable at the moment`;
  return isLocal
    ? t`add a key to functions/.secret.local`
    : t`no key; whoever deployed this workspace can add one`;
}
