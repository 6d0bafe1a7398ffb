import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { AnswerRated } from "@/contract/contract.gen";
import { OperationError, UnreachedError } from "@/contract/errors";
import { keep, type Delivery, type Kept } from "@/contract/outbox";
import { notify } from "@/ui/notify";

import { forgetRatings, keptRatings, rateAnswer, unrated, useRating } from "./ratings";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/contract/outbox", () => ({ keep: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const good: AnswerRated = { rating: "good", reasons: [] };
const bad: AnswerRated = { rating: "bad", reasons: ["wrong"] };

let kept: Kept[] = [];

/** As the outbox does, when there is a connection. */
async function deliver(): Promise<Delivery[]> {
  const results: Delivery[] = [];
  for (const one of kept.splice(0)) results.push(await keptRatings.deliver(one));
  return results;
}

beforeEach(() => {
  kept = [];
  vi.mocked(keep).mockReset();
  vi.mocked(keep).mockImplementation(async (given) => {
    kept.push({ ...given, uid: "ada", problem: null, page: null });
  });
  vi.mocked(call).mockReset();
  vi.mocked(call).mockResolvedValue(good);
  vi.mocked(notify).mockReset();
  forgetRatings();
});

function show(stored: AnswerRated | null = null) {
  return renderHook((known: AnswerRated | null) => useRating("m", known), {
    initialProps: stored,
  });
}

it("is shown at once, and then as it is stored", async () => {
  vi.mocked(call).mockResolvedValue(bad);
  const { result, rerender } = show();
  expect(result.current).toEqual(unrated);
  await act(() => rateAnswer("c", "m", bad));
  expect(result.current).toEqual(bad);
  await act(deliver);
  expect(call).toHaveBeenCalledWith("feedback.rate", {
    conversationId: "c",
    messageId: "m",
    ...bad,
  });
  rerender({ ...bad });
  // What another device says later is shown.
  rerender({ ...good });
  await waitFor(() => expect(result.current).toEqual(good));
});

it("is taken back when it is refused, which is said", async () => {
  vi.mocked(call).mockRejectedValue(new OperationError("NOT_FOUND", "There is no such answer."));
  const { result } = show(good);
  await act(() => rateAnswer("c", "m", bad));
  expect(await act(deliver)).toEqual(["delivered"]);
  expect(result.current).toEqual(good);
  expect(notify).toHaveBeenCalledWith("The rating was not saved.", {
    detail: "There is no such answer.",
  });
});

it("of several quick ones the last is shown, and sent last", async () => {
  const { result } = show();
  await act(async () => {
    await Promise.all([good, bad, unrated].map((rated) => rateAnswer("c", "m", rated)));
  });
  await act(deliver);
  expect(result.current).toEqual(unrated);
  expect(vi.mocked(call).mock.calls.map(([, input]) => (input as AnswerRated).rating)).toEqual([
    "good",
    "bad",
    null,
  ]);
});

it("waits for a connection, and is shown after a reload", async () => {
  vi.mocked(call).mockRejectedValueOnce(new UnreachedError("You are offline."));
  const { result } = show(good);
  await act(() => rateAnswer("c", "m", good));
  await act(() => rateAnswer("c", "m", bad));
  const before = [...kept];
  expect(await act(deliver)).toEqual(["unreached", "delivered"]);
  expect(notify).not.toHaveBeenCalled();
  act(forgetRatings);
  expect(result.current).toEqual(good);
  act(() => keptRatings.show(before));
  expect(result.current).toEqual(bad);
});

it("is sent at once where the browser keeps nothing, and taken back without a connection", async () => {
  vi.mocked(keep).mockRejectedValue(new Error("refused"));
  const { result } = show();
  await act(() => rateAnswer("c", "m", good));
  expect(result.current).toEqual(good);
  vi.mocked(call).mockRejectedValueOnce(new UnreachedError("You are offline."));
  await act(() => rateAnswer("c", "m", bad));
  expect(result.current).toEqual(unrated);
  expect(notify).toHaveBeenCalledOnce();
});
