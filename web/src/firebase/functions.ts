import {
  FunctionsError,
  getFunctions,
  httpsCallable,
  type Functions,
  type HttpsCallable,
} from "firebase/functions";

import { startPlatform } from "./app";

let functions: Functions | null = null;

async function callable(address: string, timeoutMs: number): Promise<HttpsCallable> {
  const { app, auth, configuration } = await startPlatform();
  // The SDK leaves a token off that it could not renew, and the call would be refused for good.
  await auth.authStateReady();
  await auth.currentUser?.getIdToken();
  functions ??= getFunctions(app, configuration.functions);
  return httpsCallable(functions, address, { timeout: timeoutMs });
}

export async function call(address: string, input: unknown, timeoutMs: number): Promise<unknown> {
  const { data } = await (await callable(address, timeoutMs))(input);
  return data;
}

export interface Streamed {
  events: AsyncIterable<unknown>;
  result: Promise<unknown>;
}

export async function callStreamed(
  address: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Streamed> {
  // The SDK's own timeout does not reach streams: the caller's signal bounds them.
  const { stream, data } = await (await callable(address, 0)).stream(input, { signal });
  return { events: stream, result: data };
}

export interface CallFailure {
  /** A callable status in the wire's spelling, such as `NOT_FOUND`. */
  status: string;
  message: string;
  details: unknown;
}

export function describeFailure(error: unknown): CallFailure | null {
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
