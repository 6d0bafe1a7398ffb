import { beforeEach, describe, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { ChatEvent, ChatResult } from "@/contract/contract.gen";
import { OperationError, UnreachedError } from "@/contract/errors";
import { keep, sendAgain, takeBack, type Kept } from "@/contract/outbox";
import { stream } from "@/contract/stream";

import { forgetDrafts, hasStoredDraft, takeDraft, writeDraft } from "../composer/drafts";
import { ask, askAgain, askLater } from "./ask";
import { questionKind, takeKept, type KeptQuestion } from "./keep";
import { keptQuestions } from "./outbox";
import { findTurn, forgetTurns, turnStore, type Asked, type Turn } from "./turns";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/contract/stream", () => ({ stream: vi.fn() }));
vi.mock("@/contract/outbox", () => ({ keep: vi.fn(), sendAgain: vi.fn(), takeBack: vi.fn() }));

const hooks = { onSent: vi.fn(), onBranch: vi.fn(), onRefused: vi.fn(), onEnded: vi.fn() };
const part = keptQuestions(hooks);
const question = (isNew: boolean): Asked => ({
  action: "ask",
  isNew,
  branchId: "main",
  messageId: null,
  text: "Bees?",
  model: "a/one",
  comparing: false,
  fork: null,
});
const kept = (isNew: boolean, problem: Kept["problem"] = null): Kept => {
  const view: KeptQuestion = { asked: question(isNew), afterSeq: 3 };
  return {
    requestId: "r",
    uid: "ada",
    conversationId: "c",
    kind: questionKind,
    view,
    problem,
    page: null,
  };
};
const onlyTurn = () => turnStore("c").getState().turns[0] as Turn;

beforeEach(() => {
  vi.resetAllMocks();
  forgetTurns();
  forgetDrafts();
  vi.mocked(takeBack).mockResolvedValue(true);
});

describe("a question", () => {
  it("is kept and marked when it is asked without a connection", async () => {
    await askLater("c", question(false), { afterSeq: 3 }, hooks);
    const turn = onlyTurn();
    expect(turn).toMatchObject({ phase: "waiting", isKept: true, question: "Bees?" });
    const view = { asked: question(false), afterSeq: 3 };
    const { requestId } = turn;
    expect(keep).toHaveBeenCalledWith({ requestId, conversationId: "c", kind: questionKind, view });
    expect(stream).not.toHaveBeenCalled();
  });

  it("is kept under its request id when it got no answer", async () => {
    vi.mocked(stream).mockRejectedValueOnce(new UnreachedError("away"));
    await ask("c", question(false), {}, hooks);
    const { requestId, phase } = onlyTurn();
    expect(phase).toBe("waiting");
    expect(vi.mocked(stream).mock.calls[0]?.[1]).toMatchObject({ requestId });
    expect(vi.mocked(keep).mock.calls[0]?.[0]).toMatchObject({ requestId });
  });

  it("is arriving until the browser has written it, and in the composer's store as long", async () => {
    let written = () => {};
    vi.mocked(keep).mockReturnValueOnce(new Promise((resolve) => (written = resolve)));
    writeDraft("c", "Bees?");
    takeDraft("c");
    const asking = askLater("c", question(false), {}, hooks);
    expect(onlyTurn()).toMatchObject({ phase: "waiting", isArriving: true });
    expect(hasStoredDraft("c")).toBe(true);
    written();
    await asking;
    expect(onlyTurn().isArriving).toBe(false);
    expect(hasStoredDraft("c")).toBe(false);
  });

  it("leaves the stored copy of the question that was asked after it", async () => {
    writeDraft("c", "Wasps?");
    takeDraft("c");
    await askLater("c", question(false), {}, hooks);
    expect(hasStoredDraft("c")).toBe(true);
  });

  it("goes back to the composer where the browser keeps nothing", async () => {
    vi.mocked(keep).mockRejectedValueOnce(new Error("refused"));
    await askLater("c", question(false), {}, hooks);
    expect(turnStore("c").getState().turns).toEqual([]);
    expect(localStorage.getItem("colonycraft.draft.c")).toBe("Bees?");
  });

  it("is shown again after a reload, with what it was refused for", () => {
    part.show([kept(true)]);
    expect(onlyTurn()).toMatchObject({ requestId: "r", phase: "waiting", afterSeq: 3 });
    expect(hooks.onSent).toHaveBeenCalledWith(expect.objectContaining({ isNew: true }));
    const problem = {
      status: "RESOURCE_EXHAUSTED",
      message: "The budget is used up.",
      details: null,
    };
    part.show([kept(true, problem)]);
    expect(onlyTurn()).toMatchObject({ phase: "refused", problem });
    part.show([]);
    expect(findTurn("c", "r")).toBeUndefined();
  });

  it("can be taken back; the next one then begins the chat, in the same folder", async () => {
    await askLater("c", { ...question(true), folderId: "garden" }, {}, hooks);
    await askLater("c", question(false), {}, hooks);
    expect(await takeKept("c", onlyTurn(), hooks)).toBe(true);
    expect(onlyTurn().asked?.isNew).toBe(true);
    expect(hooks.onSent).toHaveBeenLastCalledWith(expect.objectContaining({ folderId: "garden" }));
    const view = { asked: { ...question(true), folderId: "garden" }, afterSeq: -1 };
    expect(sendAgain).toHaveBeenCalledWith(onlyTurn().requestId, { view });
  });

  it("stays where it has gone meanwhile", async () => {
    part.show([kept(false)]);
    vi.mocked(takeBack).mockResolvedValueOnce(false);
    expect(await takeKept("c", onlyTurn(), hooks)).toBe(false);
    expect(onlyTurn().requestId).toBe("r");
  });

  it("that was refused goes again from the outbox, to another model as another request", async () => {
    part.show([
      kept(false, { status: "UNAUTHENTICATED", message: "Sign in again.", details: null }),
    ]);
    await askAgain("c", onlyTurn(), "a/one", hooks);
    expect(sendAgain).toHaveBeenLastCalledWith("r");
    expect(onlyTurn()).toMatchObject({ phase: "waiting", problem: null });
    await askAgain("c", onlyTurn(), "b/two", hooks);
    const view = { asked: { ...question(false), model: "b/two" }, afterSeq: 3 };
    const change = { requestId: expect.not.stringMatching(/^r$/) as string, view };
    expect(sendAgain).toHaveBeenLastCalledWith("r", change);
    expect(stream).not.toHaveBeenCalled();
  });
});

describe("on return", () => {
  it("a further question goes to the queue under its request id", async () => {
    part.show([kept(false)]);
    vi.mocked(call).mockResolvedValueOnce({ conversationId: "c", entryId: "e", state: "queued" });
    expect(await part.deliver(kept(false))).toBe("delivered");
    const input = { requestId: "r", conversationId: "c", branchId: "main", text: "Bees?" };
    expect(call).toHaveBeenCalledWith("queue.add", { ...input, model: "a/one" });
    expect(turnStore("c").getState().turns).toEqual([]);
  });

  it("waits on where it was not reached, and says why where it was refused", async () => {
    part.show([kept(false)]);
    vi.mocked(call).mockRejectedValueOnce(new UnreachedError("away"));
    expect(await part.deliver(kept(false))).toBe("unreached");
    expect(onlyTurn().phase).toBe("waiting");
    const problem = {
      status: "RESOURCE_EXHAUSTED",
      message: "The budget is used up.",
      details: null,
    };
    vi.mocked(call).mockRejectedValueOnce(new OperationError(problem.status, problem.message));
    expect(await part.deliver(kept(false))).toEqual(problem);
    expect(onlyTurn()).toMatchObject({ phase: "refused", problem });
  });

  it("the first one of a chat is delivered when its run has begun", async () => {
    part.show([kept(true)]);
    let finish: (result: ChatResult) => void = () => {};
    const started = { type: "run-started", runId: "run", branchId: "main", textStart: 0 };
    vi.mocked(stream).mockImplementationOnce((_name, _input, onEvents) => {
      onEvents([{ ...started, questionId: "q", answerId: "a" } as ChatEvent]);
      return new Promise((resolve) => (finish = resolve as typeof finish));
    });
    expect(await part.deliver(kept(true))).toBe("delivered");
    expect(onlyTurn()).toMatchObject({ phase: "streaming", isKept: false });
    part.show([]);
    expect(onlyTurn().phase).toBe("streaming");
    finish({ state: "running" } as ChatResult);
  });

  it("the first one keeps its place where it was refused", async () => {
    part.show([kept(true)]);
    vi.mocked(stream).mockRejectedValueOnce(new OperationError("UNAUTHENTICATED", "Sign in."));
    const problem = { status: "UNAUTHENTICATED", message: "Sign in.", details: null };
    expect(await part.deliver(kept(true))).toEqual(problem);
    expect(hooks.onRefused).not.toHaveBeenCalled();
    vi.mocked(stream).mockRejectedValueOnce(new UnreachedError("away"));
    expect(await part.deliver(kept(true))).toBe("unreached");
    expect(keep).not.toHaveBeenCalled();
  });
});
