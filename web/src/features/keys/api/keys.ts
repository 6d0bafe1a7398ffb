import { call } from "@/contract/call";
import type { CreateKey, CreatedKey, KeyList } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { ask, knownAnswer, learnAnswer, useQuery, type Query } from "@/contract/query";

const staleMs = 5_000;
const never = () => false as const;

/** One's own keys; asked again when one comes back to the page. */
export function useKeys(): Query<KeyList> {
  return useQuery("keys.list", staleMs, never);
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: string };

async function outcomeOf<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { ok: false, problem: error.message };
  }
}

/** Makes a key. Where no answer came one may have been made that nobody knows: the list tells. */
export async function createKey(input: CreateKey): Promise<Outcome<CreatedKey>> {
  const outcome = await outcomeOf(() => call("keys.create", input));
  const known = knownAnswer("keys.list");
  if (outcome.ok && known) {
    learnAnswer("keys.list", { ...known, keys: [outcome.value.key, ...known.keys] });
  } else void ask("keys.list");
  return outcome;
}

/** Ends a key for good; also somebody else's, for an administrator. */
export async function revokeKey(keyId: string): Promise<Outcome<unknown>> {
  const outcome = await outcomeOf(() => call("keys.revoke", { keyId }));
  const known = knownAnswer("keys.list");
  if (outcome.ok && known) {
    learnAnswer("keys.list", { ...known, keys: known.keys.filter(({ id }) => id !== keyId) });
  }
  return outcome;
}
