import type * as Functions from "@/firebase/functions";
import { painted } from "@/ui/painted";

import { otherPlaces, usualPlace, type Operations, type Place } from "./contract.gen";
import { offlineError, OperationError, toOperationError } from "./errors";
import { noteCall, noteFailure } from "./noted";

export type UnaryName = {
  [Name in keyof Operations]: [Operations[Name]["event"]] extends [never] ? Name : never;
}[keyof Operations];

/** The platform ends an operation first; this margin is for its answer to arrive. */
export const marginMs = 5_000;

export function placeOf(name: keyof Operations): Place {
  return otherPlaces[name] ?? usualPlace;
}

/** What reaches the backend; it comes with the first call. Throws `UnreachedError` where it does not. */
export async function transport(): Promise<typeof Functions> {
  await painted();
  try {
    return await import("@/firebase/functions");
  } catch (error) {
    throw await asOperationError(error, null);
  }
}

/** Calls an operation; waits as long as it may take. Throws `OperationError`. */
export async function call<Name extends UnaryName>(
  name: Name,
  input: Operations[Name]["input"],
): Promise<Operations[Name]["output"]> {
  if (!navigator.onLine) throw offlineError();
  noteCall(name);
  const { function: address, timeout } = placeOf(name);
  const functions = await transport();
  try {
    const output = await functions.call(`${address}/${name}`, input, timeout * 1000 + marginMs);
    return output as Operations[Name]["output"];
  } catch (error) {
    throw noteFailure(name, await asOperationError(error, functions.describeFailure(error)));
  }
}

export async function asOperationError(
  error: unknown,
  failure: { status: string; message: string; details: unknown } | null,
): Promise<OperationError> {
  if (error instanceof OperationError) return error;
  return toOperationError(failure ?? { status: "INTERNAL", message: "", details: null }, error);
}
