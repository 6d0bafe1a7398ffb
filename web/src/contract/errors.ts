import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { ErrorDetails, Problem } from "./contract.gen";
import { problemText } from "./problem-text";

/** Why an operation failed, as the screen says it. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  readonly status: string;
  readonly details: ErrorDetails | null;

  constructor(
    status: string,
    message: string,
    details: ErrorDetails | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.details = details;
  }

  /** What our backend's log knows the failure by. */
  get correlationId(): string | null {
    return this.details?.reason === "internal" ? this.details.correlationId : null;
  }
}

/** No answer came back: nobody knows here whether it arrived. Under the same request id it can go again. */
export class UnreachedError extends OperationError {
  constructor(message: string, options?: ErrorOptions) {
    super("UNAVAILABLE", message, null, options);
  }
}

const offline = msg`You are offline. Nothing was sent; try again when the connection is back.`;
const unreachable = msg`ColonyCraft could not be reached. Check the connection and try again.`;

const unknown = msg`This did not work. Try again; if it stays so, reload the page.`;

/** What is said where there was no answer to read. */
const late = msg`This took too long and was given up. Try again.`;
const cut = msg`The connection broke before the answer was complete.`;

function detailsOf(details: unknown): ErrorDetails | null {
  const ours = details as ErrorDetails | null | undefined;
  return ours?.reason ? ours : null;
}

/**
 * One place decides what is said. Our backend's reasons have words of their own; so has a bare status
 * in place of a message, which is what the SDK has when nothing came back.
 */
export async function toOperationError(
  failure: { status: string; message: string; details: unknown },
  cause: unknown,
): Promise<OperationError> {
  const { status } = failure;
  const details = detailsOf(failure.details);
  const fail = (text: string) => new OperationError(status, text, details, { cause });
  // The SDK ends every message with the HTTP status.
  const message = failure.message.replace(/ ?\[\d*\]$/, "").trim();
  if (details) return fail((await problemText({ message, details })) ?? i18n._(unknown));
  if (status === "CANCELLED") return fail(i18n._(cut));
  const bare = message.replaceAll(/[-_ ]/g, "").toLowerCase();
  const isBare =
    bare === "" ||
    bare.startsWith(status.replaceAll("_", "").toLowerCase()) ||
    /backend error status/i.test(message);
  if (!isBare) return fail(message);
  if (status === "INTERNAL" || status === "UNAVAILABLE") {
    // A request that never arrived looks like an internal error to the SDK.
    return new UnreachedError(i18n._(navigator.onLine ? unreachable : offline), { cause });
  }
  return fail(i18n._(status === "DEADLINE_EXCEEDED" ? late : unknown));
}

/** As what was refused is kept. */
export function problemOf(error: unknown): Problem {
  return error instanceof OperationError
    ? { status: error.status, message: error.message, details: error.details }
    : { status: "INTERNAL", message: i18n._(unknown), details: null };
}

export function offlineError(): UnreachedError {
  return new UnreachedError(i18n._(offline));
}
