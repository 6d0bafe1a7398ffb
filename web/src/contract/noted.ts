import { OperationError } from "./errors";

/** How often each operation was called since the page was loaded, and the last that failed. */
const called: Record<string, number> = {};
let failures: readonly string[] = [];
const most = 10;

export function noteCall(name: string): void {
  called[name] = (called[name] ?? 0) + 1;
}

/** Gives the error back. What was asked or answered is not noted. */
export function noteFailure<Failure>(name: string, error: Failure): Failure {
  if (error instanceof OperationError) {
    const line = [name, error.status, error.correlationId].filter(Boolean).join(" ");
    failures = [...failures, line].slice(-most);
  }
  return error;
}

export const callsNoted = (): Record<string, number> => ({ ...called });
export const failuresNoted = (): readonly string[] => failures;

export function forgetNoted(): void {
  for (const name of Object.keys(called)) delete called[name];
  failures = [];
}
