import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { nextStep, noteDrawn, noteStep, startPace } from "./pace";

let clock = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  startPace();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A step that is drawn in so many milliseconds; gives what has passed until the next one may be. */
async function step(drawnInMs: number): Promise<number> {
  noteStep();
  clock += drawnInMs;
  expect(noteDrawn()).toBe(drawnInMs);
  const from = clock;
  const due = vi.fn();
  void nextStep().then(due);
  while (due.mock.calls.length === 0) {
    clock += 10;
    await vi.advanceTimersByTimeAsync(10);
  }
  return clock - from;
}

async function usually(drawnInMs: number): Promise<number> {
  for (let more = 20; more > 0; more -= 1) await step(drawnInMs);
  return step(drawnInMs);
}

it("draws every 100 ms at most where a step is drawn at once", async () => {
  expect(await step(1)).toBe(100);
  expect(await usually(4)).toBe(100);
});

it("draws less often where a step usually takes long, and never waits for more than 400 ms", async () => {
  expect(await usually(10)).toBe(240);
  expect(await usually(100)).toBe(400);
  expect(await usually(1)).toBe(100);
});

it("waits little longer for one step that took long", async () => {
  await usually(5);
  expect(await step(25)).toBe(240);
  expect(await usually(5)).toBe(120);
});

it("begins anew with each answer", async () => {
  await usually(100);
  noteStep();
  startPace();
  expect(noteDrawn()).toBe(0);
  expect(await step(1)).toBe(100);
});
