import {
  FunctionsError,
  getFunctions,
  httpsCallable,
  type Functions,
  type HttpsCallable,
} from "firebase/functions";

import { startPlatform } from "./app";

let functions: Functions | null = null;

/** The platform, and a token that holds: the SDK leaves one off that it could not renew, and the call would be refused for good. */
async function signedIn() {
  const platform = await startPlatform();
  await platform.auth.authStateReady();
  return { ...platform, token: await platform.auth.currentUser?.getIdToken() };
}

async function callable(address: string, timeoutMs: number): Promise<HttpsCallable> {
  const { app, configuration } = await signedIn();
  functions ??= getFunctions(app, configuration.functions);
  return httpsCallable(functions, address, { timeout: timeoutMs });
}

export async function call(address: string, input: unknown, timeoutMs: number): Promise<unknown> {
  const { data } = await (await callable(address, timeoutMs))(input);
  return data;
}

/**
 * Calls a streamed function: gives the messages that have come since the last time, together, and at
 * its end the result. `due` resolves when more may be read; what comes until then waits with the browser.
 * The SDK takes each piece as it comes, which wakes the page for every word, and holds a promise for each
 * until the last one has come; and it takes what is no stream for one without a result.
 * @see https://firebase.google.com/docs/functions/callable-reference
 */
export async function* callStreamed(
  address: string,
  input: unknown,
  due: () => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<unknown[], unknown> {
  const { configuration, token } = await signedIn();
  const response = await fetch(`${configuration.functions}/${address}`, {
    method: "POST",
    headers: {
      Accept: "text/event-stream",
      "Content-Type": "application/json",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ data: input }),
    signal,
  });
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
  if (!isStream || !response.body) throw new Error(`${address} answered ${response.status}`);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let ended: End | undefined;
  let rest = "";
  // Read until it is closed: what is given up before that, the server logs as given up.
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    const messages: unknown[] = [];
    for (const line of lines) {
      // The others carry nothing, or are comments, which keep a connection open.
      if (!line.startsWith("data:")) continue;
      const frame = JSON.parse(line.slice("data:".length)) as Frame;
      if ("message" in frame) messages.push(frame.message);
      else ended = frame;
    }
    if (messages.length > 0) yield messages;
    if (!ended) await due();
  }
  if (!ended) throw new Error(`${address} was cut`);
  if ("error" in ended) throw new StreamFailure(ended.error);
  return ended.result;
}

type End = { result: unknown } | { error: CallFailure };
type Frame = { message: unknown } | End;

class StreamFailure extends Error {
  override readonly name = "StreamFailure";
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface CallFailure {
  /** A callable status in the wire's spelling, such as `NOT_FOUND`. */
  status: string;
  message: string;
  details: unknown;
}

export function describeFailure(error: unknown): CallFailure | null {
  if (error instanceof StreamFailure) return error.failure;
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return { status: "CANCELLED", message: "", details: null };
  }
  if (!(error instanceof FunctionsError)) return null;
  return {
    status: error.code
      .replace(/^functions\//, "")
      .replaceAll("-", "_")
      .toUpperCase(),
    message: error.message,
    details: error.details,
  };
}
