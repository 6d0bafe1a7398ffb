import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createDeltas, noteDrawn } from "./deltas";

const drawInMs = { atOnce: 0, slow: 30, verySlow: 500 };

/** Adds a word each 10 ms for a second, drawn in so long; gives what was handed on. */
function steps(drawn: number): string[] {
  const handed: string[] = [];
  const deltas = createDeltas(({ text }) => {
    handed.push(text);
    clock += drawn;
    noteDrawn();
  });
  for (let word = 0; word < 100; word += 1) {
    deltas.add("text", "w");
    clock += 10;
    vi.advanceTimersByTime(10);
  }
  deltas.flush();
  return handed;
}

let clock = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("steps of an answer", () => {
  it("hands on at most every 120 ms where they are drawn at once", () => {
    const handed = steps(drawInMs.atOnce);
    expect(handed.join("")).toHaveLength(100);
    expect(handed[0]).toHaveLength(12);
    expect(handed).toHaveLength(9);
  });

  it("comes less often where drawing takes long, and never waits for more than 400 ms", () => {
    const slow = steps(drawInMs.slow);
    expect(slow.join("")).toHaveLength(100);
    expect(slow.slice(1, -1).every((text) => text.length === 24)).toBe(true);
    const verySlow = steps(drawInMs.verySlow);
    expect(verySlow.join("")).toHaveLength(100);
    expect(verySlow.slice(1, -1).every((text) => text.length === 40)).toBe(true);
  });

  it("hands on what is there when it is over, and nothing twice", () => {
    const handed: string[] = [];
    const deltas = createDeltas(({ text, reasoning }) => handed.push(reasoning + text));
    deltas.add("reasoning", "a");
    deltas.add("text", "b");
    deltas.flush();
    deltas.flush();
    vi.advanceTimersByTime(1_000);
    expect(handed).toEqual(["ab"]);
  });
});
