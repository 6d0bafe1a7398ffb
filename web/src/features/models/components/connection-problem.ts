import type { ConnectionSummary } from "@/contract/contract.gen";
import { isLocal } from "@/firebase/configuration";

/** Why a connection offers no models, and what to do about it. */
export function connectionProblem({ state, reason }: ConnectionSummary): string {
  if (state === "not-configured") {
    return isLocal
      ? "add a key to functions/.secret.local"
      : (reason ?? "no key; whoever deployed this workspace can add one");
  }
  return reason ?? "not reachable at the moment";
}
