/** Why an operation failed, as the screen says it. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  readonly status: string;
  readonly details: unknown;

  constructor(status: string, message: string, details: unknown = null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.details = details;
  }

  /** What our backend's log knows the failure by. */
  get correlationId(): string | null {
    const { details } = this;
    if (typeof details !== "object" || details === null || !("correlationId" in details)) {
      return null;
    }
    return typeof details.correlationId === "string" ? details.correlationId : null;
  }

  /** The run that is still writing, when that is why a question was refused. */
  get activeRun(): string | null {
    const { details } = this;
    if (typeof details !== "object" || details === null || !("runId" in details)) return null;
    return typeof details.runId === "string" ? details.runId : null;
  }
}

/** No answer came back: nobody knows here whether it arrived. Under the same request id it can go again. */
export class UnreachedError extends OperationError {
  constructor(message: string, options?: ErrorOptions) {
    super("UNAVAILABLE", message, null, options);
  }
}

const offline = "You are offline. Nothing was sent; try again when the connection is back.";
const unreachable = "ColonyCraft could not be reached. Check the connection and try again.";

/** What the SDK says when there was no answer to read, as opposed to what our backend says. */
const sayings: Record<string, string> = {
  UNAUTHENTICATED: "Your session has ended. Sign in again; what you typed is kept.",
  DEADLINE_EXCEEDED: "This took too long and was given up. Try again.",
  CANCELLED: "The connection was closed before the answer was complete.",
};

/**
 * One place decides what is said. Our backend's messages are written for people and pass; a bare
 * status in place of a message (the SDK does that when nothing came back) gets words of our own.
 */
export function toOperationError(
  failure: { status: string; message: string; details: unknown },
  cause: unknown,
): OperationError {
  const { status, details } = failure;
  // The SDK ends every message with the HTTP status.
  const message = failure.message.replace(/ ?\[\d*\]$/, "").trim();
  const bare = message.replaceAll(/[-_ ]/g, "").toLowerCase();
  const isBare =
    bare === "" ||
    bare.startsWith(status.replaceAll("_", "").toLowerCase()) ||
    /backend error status/i.test(message);
  if (status === "UNAUTHENTICATED" || status === "CANCELLED") {
    return new OperationError(status, sayings[status] ?? message, details, { cause });
  }
  if (!isBare) return new OperationError(status, message, details, { cause });
  if (status === "INTERNAL" || status === "UNAVAILABLE") {
    // A request that never arrived looks like an internal error to the SDK.
    return new UnreachedError(navigator.onLine ? unreachable : offline, { cause });
  }
  return new OperationError(
    status,
    sayings[status] ?? "This did not work. Try again; if it stays so, reload the page.",
    details,
    { cause },
  );
}

export function offlineError(): UnreachedError {
  return new UnreachedError(offline);
}

export function cutError(): UnreachedError {
  return new UnreachedError("The connection broke before the answer was complete.");
}
