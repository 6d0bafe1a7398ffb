import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";

import type { ErrorDetails } from "./contract.gen";
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

  /** The run that is still writing, when that is why a question was refused. */
  get activeRun(): string | null {
    return this.details?.reason === "run-active" ? this.details.runId : null;
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

/** What the SDK says when there was no answer to read, as opposed to what our backend says. */
const sayings: Record<string, MessageDescriptor> = {
  UNAUTHENTICATED: msg`Your session has ended. Sign in again; what you typed is kept.`,
  DEADLINE_EXCEEDED: msg`This took too long and was given up. Try again.`,
  CANCELLED: msg`The connection was closed before the answer was complete.`,
};

function detailsOf(details: unknown): ErrorDetails | null {
  const isOurs = typeof details === "object" && details !== null && "reason" in details;
  return isOurs ? (details as ErrorDetails) : null;
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
  // The SDK ends every message with the HTTP status.
  const message = failure.message.replace(/ ?\[\d*\]$/, "").trim();
  const bare = message.replaceAll(/[-_ ]/g, "").toLowerCase();
  const isBare =
    bare === "" ||
    bare.startsWith(status.replaceAll("_", "").toLowerCase()) ||
    /backend error status/i.test(message);
  if (details) {
    const text = await problemText({ message, details });
    return new OperationError(status, text ?? i18n._(unknown), details, { cause });
  }
  if (status === "UNAUTHENTICATED" || status === "CANCELLED") {
    return new OperationError(status, i18n._(sayings[status] ?? unknown), details, { cause });
  }
  if (!isBare) return new OperationError(status, message, details, { cause });
  if (status === "INTERNAL" || status === "UNAVAILABLE") {
    // A request that never arrived looks like an internal error to the SDK.
    return new UnreachedError(i18n._(navigator.onLine ? unreachable : offline), { cause });
  }
  return new OperationError(status, i18n._(sayings[status] ?? unknown), details, { cause });
}

export function offlineError(): UnreachedError {
  return new UnreachedError(i18n._(offline));
}

export function cutError(): UnreachedError {
  return new UnreachedError(t`The connection broke before the answer was complete.`);
}
