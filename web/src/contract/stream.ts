import { asOperationError, marginMs, placeOf, transport } from "./call";
import type { Operations } from "./contract.gen";
import { offlineError } from "./errors";
import { noteCall, noteFailure } from "./noted";

export type StreamedName = {
  [Name in keyof Operations]: [Operations[Name]["event"]] extends [never] ? never : Name;
}[keyof Operations];

/**
 * Calls a streamed operation: `onEvents` gets the events in order, those at once that have come
 * together; `due` resolves when the next may. The promise gets the result. Throws `OperationError`; a
 * call that took too long throws one with status CANCELLED.
 */
export async function stream<Name extends StreamedName>(
  name: Name,
  input: Operations[Name]["input"],
  onEvents: (events: Operations[Name]["event"][]) => void,
  due: () => Promise<void>,
): Promise<Operations[Name]["output"]> {
  if (!navigator.onLine) throw offlineError();
  noteCall(name);
  const { function: address, timeout } = placeOf(name);
  const deadline = AbortSignal.timeout(timeout * 1000 + marginMs);
  const functions = await transport();
  try {
    const events = functions.callStreamed(address, input, due, deadline);
    for (;;) {
      const read = await events.next();
      if (read.done) return read.value as Operations[Name]["output"];
      onEvents(read.value as Operations[Name]["event"][]);
    }
  } catch (error) {
    throw noteFailure(name, await asOperationError(error, functions.describeFailure(error)));
  }
}
