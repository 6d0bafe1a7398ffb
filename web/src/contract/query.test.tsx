import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "./call";
import type { ModelList } from "./contract.gen";
import { ask, forgetAnswers, knownAnswer, learnAnswer, useQuery } from "./query";

vi.mock("./call", () => ({ call: vi.fn() }));

const list: ModelList = { models: [], connections: [], defaultModel: "a/one" };
const never = () => false as const;
const show = (staleMs = 15_000, againMs: () => number | false = never) =>
  renderHook(() => useQuery("models.list", staleMs, againMs)).result;

beforeEach(() => {
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(() => Promise.resolve({ ...list }));
  forgetAnswers();
  vi.useFakeTimers({ shouldAdvanceTime: true });
  return () => vi.useRealTimers();
});

it("asks once for all who show the same", async () => {
  const one = show();
  const other = show();
  await waitFor(() => expect(one.current.data).toEqual(list));
  expect(other.current.data).toBe(one.current.data);
  const later = show();
  expect(later.current.data).toBe(one.current.data);
  expect(call).toHaveBeenCalledTimes(1);
});

it("asks again on the way back to the page or the network, once the answer is old", async () => {
  const shown = show();
  await waitFor(() => expect(shown.current.data).toEqual(list));
  const { data, dataUpdatedAt } = shown.current;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(call).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(15_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(shown.current.dataUpdatedAt).toBeGreaterThan(dataUpdatedAt));
  vi.advanceTimersByTime(15_000);
  globalThis.dispatchEvent(new Event("online"));
  await waitFor(() => expect(call).toHaveBeenCalledTimes(3));
  expect(shown.current.data).toBe(data);
});

it("asks nothing without a network", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  show();
  expect(call).not.toHaveBeenCalled();
});

it("asks again at the time that the answer tells, once for all", async () => {
  show(15_000, () => 30_000);
  const shown = show(15_000, () => 30_000);
  await waitFor(() => expect(shown.current.data).toEqual(list));
  act(() => void vi.advanceTimersByTime(30_000));
  expect(call).toHaveBeenCalledTimes(2);
});

it("keeps what was known when a later try fails, and tries again", async () => {
  const shown = show(0);
  await waitFor(() => expect(shown.current.data).toEqual(list));
  vi.mocked(call).mockRejectedValueOnce(new Error("away"));
  await act(() => shown.current.refetch());
  expect(shown.current).toMatchObject({ data: list, isError: true });
  act(() => void vi.advanceTimersByTime(10_000));
  await waitFor(() => expect(shown.current.isError).toBe(false));
});

it("forgets, also what is still being answered", async () => {
  let answer: (list: ModelList) => void = () => {};
  vi.mocked(call).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  show();
  forgetAnswers();
  const next = show();
  await waitFor(() => expect(next.current.data).toEqual(list));
  await act(async () => answer({ ...list, defaultModel: "somebody/else" }));
  expect(next.current.data?.defaultModel).toBe("a/one");
});

it("takes over what another operation has told, also while it is being asked", async () => {
  let answer: (list: ModelList) => void = () => {};
  vi.mocked(call).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const shown = show();
  const told = { ...list, defaultModel: "a/told" };
  act(() => learnAnswer("models.list", told));
  await act(async () => answer({ ...list, defaultModel: "an/older" }));
  expect(shown.current.data).toBe(told);
  expect(knownAnswer("models.list")).toBe(told);
  await act(() => ask("models.list"));
  expect(shown.current.data).toEqual(list);
});
