import type { ConnectionSummary } from "@/contract/contract.gen";
import { isLocal } from "@/firebase/configuration";

const noKey = isLocal
  ? "add a key to functions/.secret.local"
  : "no key; whoever deployed this workspace can add one";

/** Why a connection offers no models, and what to do about it. */
export function connectionProblem({ state, reason }: ConnectionSummary): string {
  return reason ?? (state === "not-configured" ? noKey : "not reachable at the moment");
}
