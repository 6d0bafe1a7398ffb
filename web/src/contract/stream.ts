import { asOperationError, marginMs, placeOf, transport } from "./call";
import type { Operations } from "./contract.gen";
import { cutError, offlineError } from "./errors";
import { noteCall, noteFailure } from "./noted";

export type StreamedName = {
  [Name in keyof Operations]: [Operations[Name]["event"]] extends [never] ? never : Name;
}[keyof Operations];

/**
 * Calls a streamed operation: `onEvent` gets each event in order, the promise the result.
 * Throws `OperationError`; an aborted call throws one with status CANCELLED.
 */
export async function stream<Name extends StreamedName>(
  name: Name,
  input: Operations[Name]["input"],
  onEvent: (event: Operations[Name]["event"]) => void,
  signal?: AbortSignal,
): Promise<Operations[Name]["output"]> {
  if (!navigator.onLine) throw offlineError();
  noteCall(name);
  const { function: address, timeout } = placeOf(name);
  const deadline = AbortSignal.timeout(timeout * 1000 + marginMs);
  const functions = await transport();
  try {
    const { events, result } = await functions.callStreamed(
      address,
      input,
      signal ? AbortSignal.any([signal, deadline]) : deadline,
    );
    // An error frame rejects both; whichever is awaited second must not go unhandled.
    result.catch(() => {});
    for await (const event of events) onEvent(event as Operations[Name]["event"]);
    // A stream that was cut without a result leaves the SDK's promise open for ever; one that had a
    // result has settled it by now, and the first settled promise of a race wins.
    return (await Promise.race([result, Promise.reject(cutError())])) as Operations[Name]["output"];
  } catch (error) {
    throw noteFailure(name, await asOperationError(error, functions.describeFailure(error)));
  }
}
