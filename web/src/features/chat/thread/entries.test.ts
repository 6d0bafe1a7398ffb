import { describe, expect, it } from "vitest";

import type { Receipt, TokenUsage } from "@/contract/contract.gen";
import { message } from "@/testing/message";

import { newTurn, type Asked } from "../stream/turns";
import { lastUsageOf, openComparison, threadEntries } from "./entries";

const asked: Asked = {
  action: "ask",
  isNew: false,
  branchId: "main",
  messageId: null,
  text: null,
  model: "m/1",
  comparing: false,
  fork: null,
};
const texts = (entries: ReturnType<typeof threadEntries>) => entries.map(({ text }) => text);

describe("the model of an answer", () => {
  const modelOf = (receipt: Partial<Receipt>) =>
    threadEntries(
      [message(0), message(1, { receipt: { modelAsked: "m/1", ...receipt } as Receipt })],
      "main",
      [],
    )[1];
  const attempt = (model: string) => ({ model }) as Receipt["attempts"][number];

  it("is named so that it can be asked again, whatever the provider calls it", () => {
    const attempts = [attempt("m/1")];
    expect(modelOf({ modelUsed: "1-2026-01-01", attempts })).toMatchObject({ model: "m/1" });
  });

  it("is the one that was asked, where the cache answered", () => {
    expect(modelOf({ modelUsed: "1-2026-01-01", attempts: [] })).toMatchObject({ model: "m/1" });
  });

  it("is the one that answered in the place of another", () => {
    const attempts = [attempt("m/1"), attempt("m/2")];
    expect(modelOf({ modelUsed: "2", attempts })).toMatchObject({ model: "m/2" });
  });
});

describe("an answer that is gone on with", () => {
  const messages = [message(0), message(1, { state: "stopped" })];
  const turn = newTurn({
    requestId: "r",
    phase: "streaming",
    runId: "again",
    answerId: "m1",
    text: "text 1 and more",
  });

  it("grows in its place", () => {
    const entries = threadEntries(messages, "main", [turn]);
    expect(texts(entries)).toEqual(["text 0", "text 1 and more"]);
    expect(entries[1]).toMatchObject({ key: "m1", isWriting: true });
  });

  it("is what is stored once the run is in it", () => {
    const done = [message(0), message(1, { runId: "again", text: "all" })];
    expect(texts(threadEntries(done, "main", [turn]))).toEqual(["text 0", "all"]);
  });
});

describe("an edited question", () => {
  const edit = {
    ...asked,
    action: "edit" as const,
    messageId: "m2",
    text: "better",
    fork: { parent: "main", seq: 2 },
  };
  const turn = newTurn({ requestId: "r", phase: "sending", asked: edit, branchId: "new-r" });

  it("stands in the other's place at once, on its branch alone", () => {
    const shown = [message(0), message(1)];
    const entries = threadEntries(shown, "new-r", [{ ...turn, question: "better" }]);
    expect(entries.map(({ text, seq }) => [text, seq])).toEqual([
      ["text 0", 0],
      ["text 1", 1],
      ["better", 2],
      ["", 3],
    ]);
    expect(texts(threadEntries(shown, "main", [turn]))).toEqual(["text 0", "text 1"]);
  });

  it("is refused where it was edited", () => {
    const refused = { ...turn, phase: "refused" as const, question: "better" };
    const entries = threadEntries([message(0), message(1), message(2)], "main", [refused]);
    expect(texts(entries)).toEqual(["text 0", "text 1", "text 2"]);
    expect(entries[2]?.refused).toBe(refused);
  });
});

describe("a comparison", () => {
  it("is open at the last question, until one is chosen", () => {
    const open = [message(0), message(1), message(2, { comparing: true }), message(3)];
    expect(openComparison(threadEntries(open, "main", []))?.key).toBe("m2");
    const chosen = [message(0), message(1), message(2), message(3)];
    expect(openComparison(threadEntries(chosen, "main", []))).toBeNull();
    const asksOn = [...open, message(4), message(5)];
    expect(openComparison(threadEntries(asksOn, "main", []))).toBeNull();
  });
});

it("the last usage is that of the last answer of which it is known", () => {
  const usage: TokenUsage = {
    inputTokens: 10,
    outputTokens: 3,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    partial: false,
  };
  const one: Pick<Receipt, "modelAsked" | "attempts"> = { modelAsked: "m/1", attempts: [] };
  const known = { receipt: { ...one, usage } as Receipt };
  const unknown = { receipt: { ...one, usage: null } as Receipt };
  const messages = [message(0), message(1, known), message(2), message(3, unknown), message(4)];
  expect(lastUsageOf(threadEntries(messages, "main", []))).toBe(usage);
  expect(lastUsageOf(threadEntries(messages.slice(0, 1), "main", []))).toBeNull();
});
