// @vitest-environment node
import { httpsCallable } from "firebase/functions";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { startPlatform } from "./app";
import { call, callStreamed, describeFailure } from "./functions";

vi.mock("./app", () => ({ startPlatform: vi.fn() }));
vi.mock("firebase/functions", () => ({
  FunctionsError: class extends Error {},
  getFunctions: vi.fn(),
  httpsCallable: vi.fn(),
}));

const getIdToken = vi.fn<() => Promise<string>>();
const request = vi.fn<typeof fetch>();
const signal = new AbortController().signal;
const due = vi.fn<() => Promise<void>>();

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal("fetch", request);
  const auth = { authStateReady: () => Promise.resolve(), currentUser: { getIdToken } };
  const configuration = { functions: "https://functions" };
  vi.mocked(startPlatform).mockResolvedValue({ app: {}, auth, configuration } as never);
  getIdToken.mockResolvedValue("token");
  due.mockResolvedValue();
});

it("goes out with a token that still holds", async () => {
  vi.mocked(httpsCallable).mockReturnValue((() => Promise.resolve({ data: 1 })) as never);
  expect(await call("api/models.list", {}, 1000)).toBe(1);
  expect(getIdToken).toHaveBeenCalledOnce();
});

it("does not go out without the token that could not be renewed", async () => {
  const away = new Error("auth/network-request-failed");
  getIdToken.mockRejectedValue(away);
  await expect(call("api/models.list", {}, 1000)).rejects.toBe(away);
  await expect(callStreamed("chat", {}, due, signal).next()).rejects.toBe(away);
  expect(httpsCallable).not.toHaveBeenCalled();
  expect(request).not.toHaveBeenCalled();
});

describe("a stream", () => {
  /** Answers with these pieces, each when it is asked for. */
  function answers(pieces: Uint8Array[], type = "text/event-stream; charset=utf-8") {
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    });
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    request.mockResolvedValue(new Response(body, { headers: { "Content-Type": type } }));
    return pull;
  }
  const bytes = (text: string) => new TextEncoder().encode(text);

  interface Read {
    messages: unknown[][];
    result?: unknown;
    error?: unknown;
  }

  async function read(pieces: Uint8Array[]): Promise<Read> {
    answers(pieces);
    const messages: unknown[][] = [];
    const streamed = callStreamed("chat", {}, due, signal);
    try {
      for (;;) {
        const { value, done } = await streamed.next();
        if (done) return { messages, result: value };
        messages.push(value);
      }
    } catch (error) {
      return { messages, error };
    }
  }

  it("is asked for as a callable's, with the token", async () => {
    answers([bytes('data: {"message": 1}\n\n')]);
    await callStreamed("chat", { text: "Why?" }, due, signal).next();
    expect(request).toHaveBeenCalledWith("https://functions/chat", {
      method: "POST",
      headers: {
        Accept: "text/event-stream",
        "Content-Type": "application/json",
        Authorization: "Bearer token",
      },
      body: '{"data":{"text":"Why?"}}',
      signal,
    });
  });

  it("gives the messages of a read together, then the result, wherever the pieces are cut", async () => {
    const text =
      'data: {"message": "grün"}\n\n: comment\n\ndata: {"message": 2}\n\ndata: {"result": "日本"}\n\n';
    const whole = { messages: [["grün", 2]], result: "日本" };
    expect(await read([bytes(text)])).toEqual(whole);
    expect(await read([bytes(text.replaceAll("\n", "\r\n"))])).toEqual(whole);
    const all = bytes(text);
    for (let cut = 1; cut < all.length; cut += 1) {
      const { messages, result } = await read([all.slice(0, cut), all.slice(cut)]);
      expect(messages.flat()).toEqual(["grün", 2]);
      expect(result).toBe("日本");
    }
    expect(await read([...all].map((byte) => Uint8Array.of(byte)))).toEqual({
      messages: [["grün"], [2]],
      result: "日本",
    });
  });

  it("leaves what comes with the browser until more is due, and does not wait for its end", async () => {
    const pull = answers(
      ['{"message": 1}', '{"message": 2}', '{"result": 3}', ": bye"].map((data) =>
        bytes(`data: ${data}\n\n`.replace("data: :", ":")),
      ),
    );
    let go: () => void = () => {};
    due.mockImplementation(() => new Promise((resolve) => (go = resolve)));
    const streamed = callStreamed("chat", {}, due, signal);
    expect(await streamed.next()).toEqual({ value: [1], done: false });
    const next = streamed.next();
    await new Promise((resolve) => setTimeout(resolve));
    expect(pull).toHaveBeenCalledOnce();
    go();
    expect(await next).toEqual({ value: [2], done: false });
    const end = streamed.next();
    await vi.waitFor(() => expect(due).toHaveBeenCalledTimes(2));
    go();
    expect(await end).toEqual({ value: 3, done: true });
    expect(due).toHaveBeenCalledTimes(2);
  });

  it("fails with the backend's error, after what came before it", async () => {
    const error = { status: "RESOURCE_EXHAUSTED", message: "Used up.", details: { reason: "x" } };
    const text = `data: {"message": 1}\n\ndata: ${JSON.stringify({ error })}\n\n`;
    const { messages, error: thrown } = await read([bytes(text)]);
    expect(messages).toEqual([[1]]);
    expect(describeFailure(thrown)).toEqual(error);
  });

  it("fails where it is cut, by nothing that the backend said, and gives nothing of half a frame", async () => {
    const cut = await read([bytes('data: {"message": 1}\n\ndata: {"resu')]);
    expect(cut).toMatchObject({ messages: [[1]], error: new Error("chat was cut") });
    expect(describeFailure(cut.error)).toBeNull();
  });

  it("is given up when its time is over", async () => {
    request.mockImplementation((_address, init) => {
      return Promise.reject(init?.signal?.reason as Error);
    });
    const over = new DOMException("timed out", "TimeoutError");
    const error: unknown = await callStreamed("chat", {}, due, AbortSignal.abort(over))
      .next()
      .catch((reason: unknown) => reason);
    expect(describeFailure(error)).toMatchObject({ status: "CANCELLED" });
  });

  it("is none where a page of the platform answers", async () => {
    answers([bytes("<h1>Rate exceeded</h1>")], "text/html");
    const streamed = callStreamed("chat", {}, due, signal);
    await expect(streamed.next()).rejects.toThrow("chat answered 200");
  });
});
