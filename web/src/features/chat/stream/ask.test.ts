import { beforeEach, describe, expect, it, vi } from "vitest";

import type { ChatEvent, ChatResult, Receipt } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { stream } from "@/contract/stream";

import { hasStoredDraft, takeDraft, writeDraft } from "../composer/drafts";
import { addToQueue } from "../queue/queue";
import { ask as askOf, askAgain } from "./ask";
import type { TurnHooks } from "./hooks";
import { forgetTurns, turnStore, type Asked } from "./turns";

vi.mock("@/contract/stream", () => ({ stream: vi.fn() }));
vi.mock("../queue/queue", () => ({ addToQueue: vi.fn() }));

const question: Asked = {
  action: "ask",
  isNew: true,
  branchId: "main",
  messageId: null,
  text: "Why?",
  model: "m/1",
  comparing: false,
  fork: null,
};
const ask = (asked: Asked, given: TurnHooks) => askOf("c", asked, { afterSeq: -1 }, given);
const receipt: Receipt = {
  modelAsked: "m/1",
  modelUsed: "m/1",
  reason: "complete",
  usage: null,
  cost: { micros: null, source: "unknown", partial: false },
  firstTokenMs: 10,
  totalMs: 20,
  attempts: [],
  contextMessages: 0,
  leftOutMessages: 0,
  leftOutIds: [],
  summaryUsed: false,
  cached: null,
  wish: null,
  reasoningMs: null,
};
const started: ChatEvent = {
  type: "run-started",
  runId: "run",
  conversationId: "c",
  branchId: "main",
  questionId: "runq",
  answerId: "runa",
  title: "Why?",
  attached: false,
  textStart: 0,
};
const result: ChatResult = {
  runId: "run",
  conversationId: "c",
  questionId: "runq",
  answerId: "runa",
  state: "complete",
  text: "Because.",
  reasoning: "",
  receipt,
  problem: null,
};

const hooks: TurnHooks = {
  onSent: vi.fn(),
  onBranch: vi.fn(),
  onRefused: vi.fn(),
  onEnded: vi.fn(),
};
const turns = () => turnStore("c").getState().turns;

function streams(events: ChatEvent[], end: ChatResult | OperationError): void {
  vi.mocked(stream).mockImplementationOnce(async (_name, _input, onEvents) => {
    for (const event of events) {
      onEvents([event]);
      await Promise.resolve();
    }
    if (end instanceof OperationError) throw end;
    return end;
  });
}

beforeEach(() => {
  forgetTurns();
  localStorage.clear();
  vi.clearAllMocks();
});

describe("asking", () => {
  it("receives the answer and its receipt", async () => {
    streams(
      [
        started,
        { type: "text-delta", text: "Be" },
        { type: "text-delta", text: "cause." },
        { type: "run-finished", runId: "run", state: "complete", receipt, problem: null },
      ],
      result,
    );
    await ask(question, hooks);
    expect(turns()[0]).toMatchObject({
      phase: "ended",
      text: "Because.",
      answerId: "runa",
      receipt: { totalMs: 20 },
    });
    expect(hooks.onSent).toHaveBeenCalledOnce();
    expect(hooks.onEnded).toHaveBeenCalledOnce();
  });

  it("asks for a shorter answer, and for the same when it was refused", async () => {
    const again = { ...question, action: "answer", messageId: "q", text: null } as const;
    streams([], new OperationError("UNAVAILABLE", "Try again."));
    await ask({ ...again, wish: "shorter" }, hooks);
    const [refused] = turns();
    streams([started], result);
    if (refused) await askAgain("c", refused, "m/1", hooks);
    const [first, second] = vi.mocked(stream).mock.calls.map(([, input]) => input);
    expect(first).toHaveProperty("wish", "shorter");
    expect(second).toEqual(first);
    streams([started], result);
    await ask(again, hooks);
    expect(vi.mocked(stream).mock.lastCall?.[1]).not.toHaveProperty("wish");
  });

  it("answers again without the cache", async () => {
    for (const action of ["ask", "answer"] as const) {
      streams([started], result);
      await ask({ ...question, action }, hooks);
    }
    const [asked, again] = vi.mocked(stream).mock.calls.map(([, input]) => input);
    expect(asked).not.toHaveProperty("cache");
    expect(again).toHaveProperty("cache", false);
  });

  it("begins a new conversation in its folder, and names none otherwise", async () => {
    for (const isNew of [true, false]) {
      streams([started], result);
      await ask({ ...question, isNew, folderId: "garden" }, hooks);
    }
    const [first, next] = vi.mocked(stream).mock.calls.map(([, input]) => input);
    expect(first).toHaveProperty("folderId", "garden");
    expect(next).not.toHaveProperty("folderId");
    expect(hooks.onSent).toHaveBeenCalledWith(expect.objectContaining({ folderId: "garden" }));
  });

  it("says when another attempt is waited for", async () => {
    const attempt = {
      number: 1,
      model: "m/1",
      outcome: "failed" as const,
      error: "overloaded",
      message: "The provider is overloaded.",
      details: null,
      startedMs: 0,
      firstTokenMs: null,
      totalMs: 5,
      usage: null,
      cost: null,
    };
    const seen: (string | null | undefined)[] = [];
    const stop = turnStore("c").subscribe((state) => seen.push(state.turns[0]?.waiting));
    streams(
      [
        started,
        { type: "attempt-failed", attempt, retryInMs: 1800, nextModel: "m/1" },
        { type: "text-delta", text: "x" },
      ],
      result,
    );
    await ask(question, hooks);
    stop();
    expect(seen).toContain("Trying again in 2 s: The provider is overloaded");
    expect(turns()[0]?.waiting).toBeNull();
  });

  it("says at which place a model is waited for, until the first words", async () => {
    const waits = { type: "call-waiting" as const, model: "m/1", title: "Model One" };
    const seen: (string | null | undefined)[] = [];
    const stop = turnStore("c").subscribe((state) => seen.push(state.turns[0]?.waiting));
    streams(
      [
        started,
        { ...waits, position: 3, seconds: 20 },
        { ...waits, position: 1, seconds: 5 },
        { type: "text-delta", text: "x" },
      ],
      result,
    );
    await ask(question, hooks);
    stop();
    expect([...new Set(seen)]).toEqual([
      null,
      "Waiting for Model One: position 3, about 20 s",
      "Waiting for Model One: position 1, about 5 s",
    ]);
    expect(turns()[0]?.waiting).toBeNull();
  });

  it("keeps a refused question and sends it again under the same request id", async () => {
    streams([], new OperationError("UNAVAILABLE", "No connection."));
    await ask(question, hooks);
    const refused = turns()[0];
    expect(refused).toMatchObject({ phase: "refused", problem: { message: "No connection." } });
    expect(hooks.onRefused).toHaveBeenCalledWith(refused?.requestId);
    if (!refused) return;
    streams([started], result);
    await askAgain("c", refused, "m/1", hooks);
    const ids = vi
      .mocked(stream)
      .mock.calls.map(([, input]) => "requestId" in input && input.requestId);
    expect(ids[0]).toBe(ids[1]);
    expect(turns()).toHaveLength(1);
  });

  it("keeps a question for which a budget has not enough left, with what the budget says", async () => {
    const message = "The budget of 5 USD a day for each person is used up.";
    streams([], new OperationError("RESOURCE_EXHAUSTED", message));
    writeDraft("c", "Why?");
    takeDraft("c");
    await ask(question, hooks);
    expect(turns()[0]).toMatchObject({ phase: "refused", question: "Why?", problem: { message } });
    expect(hasStoredDraft("c")).toBe(true);
  });

  it("makes a new request of a question for another model", async () => {
    streams([], new OperationError("NOT_FOUND", "No such model."));
    await ask(question, hooks);
    const refused = turns()[0];
    if (!refused) throw new Error("The question is gone.");
    streams([started], result);
    await askAgain("c", refused, "m/2", hooks);
    const ids = vi
      .mocked(stream)
      .mock.calls.map(([, input]) => "requestId" in input && input.requestId);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("puts the question into the queue when another tab was quicker", async () => {
    streams(
      [],
      new OperationError("FAILED_PRECONDITION", "Busy.", { reason: "run-active", runId: "other" }),
    );
    await ask({ ...question, isNew: false }, hooks);
    expect(turns()).toEqual([]);
    expect(addToQueue).toHaveBeenCalledWith("c", { branchId: "main", text: "Why?", model: "m/1" });
  });

  it("reads on from Firestore when the stream breaks", async () => {
    streams(
      [started, { type: "text-delta", text: "Half" }],
      new OperationError("UNAVAILABLE", "Cut."),
    );
    await ask(question, hooks);
    expect(turns()[0]).toMatchObject({ phase: "following", text: "Half" });
    expect(hooks.onRefused).not.toHaveBeenCalled();
  });

  it("follows a run that its request id had begun before", async () => {
    streams([{ ...started, attached: true }], { ...result, state: "running", text: "" });
    await ask(question, hooks);
    expect(turns()[0]?.phase).toBe("following");
  });
});
