import { renderHook } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { forgetNoted, noteCall } from "@/contract/noted";

import { useSession } from "./session";

vi.mock("@/contract/call", () => ({ call: vi.fn(() => Promise.resolve({ counted: true })) }));

let visibility: DocumentVisibilityState;

function become(next: DocumentVisibilityState): void {
  visibility = next;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.mocked(call).mockClear();
  forgetNoted();
  visibility = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function noted(): { requestId: string; seconds: number; used?: Record<string, number> }[] {
  return vi.mocked(call).mock.calls.map(([, input]) => input as never);
}

it("counts the time on the screen alone, and stays one session", () => {
  renderHook(() => useSession(true));
  noteCall("chat");
  vi.advanceTimersByTime(60_000);
  become("hidden");
  vi.advanceTimersByTime(600_000);
  become("visible");
  noteCall("chat");
  vi.advanceTimersByTime(40_000);
  become("hidden");
  expect(noted().map(({ seconds }) => seconds)).toEqual([60, 100]);
  expect(noted().map(({ used }) => used)).toEqual([{ chat: 1 }, { chat: 2 }]);
  expect(new Set(noted().map(({ requestId }) => requestId)).size).toBe(1);
});

it("is not worth a write for less than half a minute more", () => {
  renderHook(() => useSession(true));
  vi.advanceTimersByTime(20_000);
  become("hidden");
  expect(call).not.toHaveBeenCalled();
});

it("nothing is noted of who does not want to be counted", () => {
  const { rerender } = renderHook((wants: boolean) => useSession(wants), { initialProps: true });
  vi.advanceTimersByTime(60_000);
  rerender(false);
  become("hidden");
  expect(call).not.toHaveBeenCalled();
});
