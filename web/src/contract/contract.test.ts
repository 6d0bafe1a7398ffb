import { beforeEach, describe, expect, it, vi } from "vitest";

import * as functions from "@/firebase/functions";

import { call } from "./call";
import { OperationError, UnreachedError } from "./errors";
import { stream } from "./stream";

vi.mock("@/firebase/functions", () => ({
  call: vi.fn(),
  callStreamed: vi.fn(),
  describeFailure: (error: unknown) => (error instanceof WireError ? error.failure : null),
}));

class WireError extends Error {
  readonly failure: functions.CallFailure;
  constructor(status: string, message: string, details: unknown = null) {
    super(message);
    this.failure = { status, message, details };
  }
}

const request = { requestId: "12345678", conversationId: "12345678", text: "?", model: "m/1" };

async function failure(work: Promise<unknown>): Promise<OperationError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OperationError))
    throw new Error(`Not an OperationError: ${String(error)}`);
  return error;
}

async function* yields(reads: unknown[][], end: unknown): AsyncGenerator<unknown[], unknown> {
  for (const messages of reads) {
    await Promise.resolve();
    yield messages;
  }
  if (end instanceof Error) throw end;
  return end;
}

beforeEach(() => {
  vi.clearAllMocks();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
});

describe("a unary call", () => {
  it("goes to the operation's address and waits as long as it may take", async () => {
    vi.mocked(functions.call).mockResolvedValue({ models: [] });
    await call("models.list", {});
    expect(functions.call).toHaveBeenCalledWith("api/models.list", {}, 65_000);
  });

  it("says the backend's reason in words of its own", async () => {
    const details = { reason: "folders-full", most: 1000 };
    vi.mocked(functions.call).mockRejectedValue(
      new WireError("FAILED_PRECONDITION", "Too many.", details),
    );
    const error = await failure(call("models.list", {}));
    expect(error.message).toBe("You have 1,000 folders, the most there can be.");
    expect(error.details).toEqual(details);
  });

  it("says what the backend says where it has no words for the reason", async () => {
    const details = { reason: "of-a-newer-backend" };
    vi.mocked(functions.call).mockRejectedValue(new WireError("NOT_FOUND", "It is gone.", details));
    expect((await failure(call("models.list", {}))).message).toBe("It is gone.");
  });

  it.each(["", " [404]", " []"])("passes what the backend says without a reason%s", async (end) => {
    vi.mocked(functions.call).mockRejectedValue(
      new WireError("NOT_FOUND", `There is no such thing.${end}`),
    );
    expect(await failure(call("models.list", {}))).toMatchObject({
      status: "NOT_FOUND",
      message: "There is no such thing.",
    });
  });

  it("passes what a budget says whose models are named by a pattern", async () => {
    const message = "The budget of 5 USD a day for each person on openai/o[13]* is used up.";
    vi.mocked(functions.call).mockRejectedValue(new WireError("RESOURCE_EXHAUSTED", message));
    expect(await failure(call("models.list", {}))).toMatchObject({ message });
  });

  it.each([
    ["INTERNAL", "internal"],
    ["INTERNAL", "internal [0]"],
    ["INTERNAL", "Backend error status: INTERNAL [500]"],
    ["UNAVAILABLE", ""],
  ])("has words of its own where the SDK has none: %s %s", async (status, message) => {
    vi.mocked(functions.call).mockRejectedValue(new WireError(status, message));
    const error = await failure(call("models.list", {}));
    expect(error.message).toContain("could not be reached");
    expect(error.status).toBe("UNAVAILABLE");
  });

  it("sends nothing while offline", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    expect((await failure(call("models.list", {}))).message).toContain("offline");
    expect(functions.call).not.toHaveBeenCalled();
  });
});

describe("a streamed call", () => {
  const due = () => Promise.resolve();

  it("gives those events together that came together, then the result", async () => {
    vi.mocked(functions.callStreamed).mockReturnValue(yields([[1, 2], [3]], "end"));
    const events: unknown[][] = [];
    expect(await stream("chat", request, (together) => events.push(together), due)).toBe("end");
    expect(events).toEqual([[1, 2], [3]]);
    expect(functions.callStreamed).toHaveBeenCalledWith(
      "chat",
      request,
      due,
      expect.any(AbortSignal),
    );
  });

  it("fails with what the backend says, after what came before it", async () => {
    const details = { reason: "run-active", runId: "r" };
    const error = new WireError("FAILED_PRECONDITION", "Busy.", details);
    vi.mocked(functions.callStreamed).mockReturnValue(yields([[1]], error));
    const events: unknown[] = [];
    const streamed = stream("chat", request, (together) => events.push(...together), due);
    expect((await failure(streamed)).details).toEqual(details);
    expect(events).toEqual([1]);
  });

  it("was not reached when the connection breaks", async () => {
    const error = new TypeError("network error");
    vi.mocked(functions.callStreamed).mockReturnValue(yields([[1]], error));
    const streamed = stream("chat", request, () => {}, due);
    expect(await failure(streamed)).toBeInstanceOf(UnreachedError);
  });

  it("says so when it took too long", async () => {
    const error = new WireError("CANCELLED", "");
    vi.mocked(functions.callStreamed).mockReturnValue(yields([], error));
    expect((await failure(stream("chat", request, () => {}, due))).message).toContain("broke");
  });
});
