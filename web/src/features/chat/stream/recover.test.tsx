import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";

import { useRecovery } from "./recover";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(call).mockReset().mockRejectedValue(new Error("not now"));
});
afterEach(() => vi.useRealTimers());

const watch = (runId: string | null, signs = 0) =>
  renderHook((props: { signs: number }) => useRecovery(runId, props.signs), {
    initialProps: { signs },
  });

it("asks for a run that is silent for 35 s, and each 30 s again", () => {
  watch("run");
  vi.advanceTimersByTime(34_999);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(call).toHaveBeenCalledExactlyOnceWith("runs.recover", { runId: "run" });
  vi.advanceTimersByTime(60_000);
  expect(call).toHaveBeenCalledTimes(3);
});

it("waits anew after each sign of life, heartbeats without text too", () => {
  const { rerender } = watch("run");
  for (let signs = 1; signs < 5; signs += 1) {
    vi.advanceTimersByTime(30_000);
    rerender({ signs });
  }
  expect(call).not.toHaveBeenCalled();
});

it("asks for nothing when there is nothing to follow, or nobody watches any more", () => {
  watch(null);
  watch("run").unmount();
  vi.advanceTimersByTime(100_000);
  expect(call).not.toHaveBeenCalled();
});
