import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import type { PolicyView } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { ask, knownAnswer, learnAnswer, useQuery, type Query } from "@/contract/query";

import type { Rules } from "./rule";

const staleMs = 5_000;
const never = () => false as const;

/** What may be spent here; asked again when one comes back to the page. */
export function usePolicy(): Query<PolicyView> {
  return useQuery("policy.get", staleMs, never);
}

/** Each save is of the rules that the one before it has left. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Changes the rules as they are known here, and resolves with why that was refused; null: it is
 * saved. Where somebody else was quicker, their rules are known from then on, and the same can be
 * asked for again.
 */
export function savePolicy(change: (rules: Rules) => Rules): Promise<string | null> {
  const saved = last.then(() => save(change));
  last = saved.catch(() => null);
  return saved;
}

async function save(change: (rules: Rules) => Rules): Promise<string | null> {
  const known = knownAnswer("policy.get");
  if (!known) return t`The budgets are not loaded yet.`;
  try {
    const { version, rules } = known;
    learnAnswer("policy.get", await call("policy.save", { version, rules: change(rules) }));
    // What is left of one's own may have changed, too.
    void ask("budgets.list");
    return null;
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    if (error.status === "FAILED_PRECONDITION") await ask("policy.get");
    return error.message;
  }
}
