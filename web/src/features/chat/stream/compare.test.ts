import { beforeEach, expect, it, vi } from "vitest";

import type { ChatEvent, ChatRequest, ChatResult } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { stream } from "@/contract/stream";
import { branch } from "@/testing/branch";

import { columnsAt } from "../branches/tree";
import { readDraft } from "../composer/drafts";
import type { TurnHooks } from "./hooks";
import { compare } from "./compare";
import { forgetTurns, turnStore, withForks } from "./turns";

vi.mock("@/contract/stream", () => ({ stream: vi.fn() }));

const hooks: TurnHooks = {
  onSent: vi.fn(),
  onBranch: vi.fn(),
  onRefused: vi.fn(),
  onEnded: vi.fn(),
};
const question = { isNew: false, branchId: "main", text: "Why?", models: ["m/1", "m/2", "m/3"] };
const main = branch({ nextSeq: 4 });
const turns = () => turnStore("c").getState().turns;
const asked = () =>
  vi.mocked(stream).mock.calls.map(([, input]) => input as unknown as ChatRequest);

function startOf(request: ChatRequest): ChatEvent {
  const isFirst = request.action === "ask";
  const runId = `run-of-${request.model}`;
  return {
    type: "run-started",
    runId,
    conversationId: "c",
    branchId: isFirst ? "main" : `branch-of-${request.model}`,
    questionId: "question",
    answerId: `${runId}a`,
    title: null,
    attached: false,
    textStart: 0,
  };
}

/** Each model answers, but these are refused. */
function models(refused: readonly string[] = []): void {
  vi.mocked(stream).mockImplementation(async (_name, input, onEvents) => {
    const request = input as ChatRequest;
    await Promise.resolve();
    if (refused.includes(request.model)) throw new OperationError("NOT_FOUND", "No such model.");
    onEvents([startOf(request)]);
    await new Promise(() => {});
    return {} as ChatResult;
  });
}

beforeEach(() => {
  forgetTurns();
  localStorage.clear();
  vi.clearAllMocks();
});

const begin = () => compare("c", question, { seq: 4, afterSeq: 3 }, hooks);

it("shows all columns at once, and asks the others when the question is stored", async () => {
  models();
  void begin();
  const made = withForks({ main: { ...main, nextSeq: 6 } }, turns());
  expect(columnsAt(made, "main", 5)).toHaveLength(3);
  expect(asked()).toHaveLength(1);
  await vi.waitFor(() => expect(asked()).toHaveLength(3));
  expect(asked().map(({ action, messageId, model }) => [action, messageId, model])).toEqual([
    ["ask", undefined, "m/1"],
    ["answer", "question", "m/2"],
    ["answer", "question", "m/3"],
  ]);
  expect(asked().every(({ comparing }) => comparing)).toBe(true);
});

it("leaves the branch that is shown as it is", async () => {
  models();
  void begin();
  await vi.waitFor(() => expect(turns().every(({ phase }) => phase === "streaming")).toBe(true));
  expect(hooks.onBranch).not.toHaveBeenCalled();
  expect(hooks.onSent).toHaveBeenCalledOnce();
});

it("keeps a refusal in its own column", async () => {
  models(["m/2"]);
  void begin();
  await vi.waitFor(() =>
    expect(turns().map(({ phase }) => phase)).toEqual(["streaming", "refused", "streaming"]),
  );
  const made = withForks({ main: { ...main, nextSeq: 6 } }, turns());
  expect(columnsAt(made, "main", 5)).toHaveLength(3);
});

it("gives the question back when it could not be asked at all", async () => {
  models(["m/1"]);
  await begin();
  expect(turns()).toEqual([]);
  expect(readDraft("c")).toBe("Why?");
  expect(asked()).toHaveLength(1);
});
