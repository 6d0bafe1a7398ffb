import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { Receipt } from "@/contract/contract.gen";

import { thinkingWith } from "../stream/thinking";
import { newTurn, type Turn } from "../stream/turns";
import { threadEntries } from "./entries";
import { Reasoning } from "./reasoning";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A turn that gets a piece of its answer, as the stream of this tab gives it. */
function got(turn: Turn, added: { text?: string; reasoning?: string }): Turn {
  const { text = "", reasoning = "" } = added;
  return {
    ...turn,
    text: turn.text + text,
    reasoning: turn.reasoning + reasoning,
    thinking: thinkingWith(turn, { text, reasoning }),
  };
}

function Shown({ turn }: { turn: Turn }) {
  const entry = threadEntries([], "main", [turn]).at(-1);
  return entry?.kind === "answer" ? <Reasoning entry={entry} /> : null;
}

const label = () => document.querySelector("summary")?.textContent;
function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

const begun = newTurn({ requestId: "r", phase: "streaming", question: "Why?" });

it("tells in whole seconds how long a model thinks, and stops with the first text", () => {
  let turn = got(begun, { reasoning: "Hm" });
  const { rerender } = render(<Shown turn={turn} />);
  expect(label()).toBe("Reasoning …");
  pass(1_000);
  expect(label()).toBe("Reasoning … 1 s");
  pass(10_000);
  expect(label()).toBe("Reasoning … 11 s");
  turn = got(turn, { reasoning: ", so" });
  pass(1_500);
  turn = got(turn, { text: "Because" });
  rerender(<Shown turn={turn} />);
  expect(label()).toBe("Thought for 12 s");
  pass(5_000);
  rerender(<Shown turn={got(turn, { text: " of it", reasoning: "!" })} />);
  expect(label()).toBe("Thought for 12 s");
  expect(vi.getTimerCount()).toBe(0);
});

it("has it from the receipt once there is one", () => {
  const ended = { ...got(begun, { reasoning: "Hm", text: "So" }), phase: "ended" } as const;
  const receipt = { reasoningMs: 61_900, modelAsked: "m", attempts: [] } as unknown as Receipt;
  const { rerender } = render(<Shown turn={{ ...ended, receipt }} />);
  expect(label()).toBe("Thought for 61 s");
  rerender(<Shown turn={{ ...ended, receipt: { ...receipt, reasoningMs: 400 } }} />);
  expect(label()).toBe("Thought for 400 ms");
  rerender(<Shown turn={{ ...ended, receipt: { ...receipt, reasoningMs: null } }} />);
  expect(label()).toBe("Reasoning");
});

it("names no time where this page did not see it begin", () => {
  const followed = newTurn({ requestId: "r", phase: "following", runId: "r", reasoning: "Hm" });
  const { rerender } = render(<Shown turn={followed} />);
  pass(9_000);
  expect(label()).toBe("Reasoning …");
  expect(vi.getTimerCount()).toBe(0);
  rerender(<Shown turn={{ ...followed, text: "So" }} />);
  expect(label()).toBe("Reasoning");
});
