import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { AnswerRated } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { forgetRatings, rateAnswer, unrated, useRating } from "./ratings";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const good: AnswerRated = { rating: "good", reasons: [] };
const bad: AnswerRated = { rating: "bad", reasons: ["wrong"] };

beforeEach(() => {
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
  const { result, rerender } = show();
  expect(result.current).toEqual(unrated);
  act(() => rateAnswer("c", "m", bad));
  expect(result.current).toEqual(bad);
  rerender({ ...bad });
  await waitFor(() =>
    expect(call).toHaveBeenCalledWith("feedback.rate", {
      conversationId: "c",
      messageId: "m",
      ...bad,
    }),
  );
  // What another device says later is shown.
  rerender({ ...good });
  await waitFor(() => expect(result.current).toEqual(good));
});

it("is taken back when it is refused, which is said", async () => {
  vi.mocked(call).mockRejectedValue(new OperationError("NOT_FOUND", "There is no such answer."));
  const { result } = show(good);
  act(() => rateAnswer("c", "m", bad));
  await waitFor(() => expect(result.current).toEqual(good));
  expect(notify).toHaveBeenCalledWith("The rating was not saved.", {
    detail: "There is no such answer.",
  });
});

it("of several quick ones the last is the last that is sent", async () => {
  let answer = () => {};
  vi.mocked(call).mockImplementationOnce(
    () => new Promise((resolve) => (answer = () => resolve(good))),
  );
  show();
  act(() => rateAnswer("c", "m", good));
  await waitFor(() => expect(call).toHaveBeenCalledTimes(1));
  act(() => {
    rateAnswer("c", "m", bad);
    rateAnswer("c", "m", unrated);
    answer();
  });
  await waitFor(() => expect(call).toHaveBeenCalledTimes(2));
  expect(vi.mocked(call).mock.lastCall?.[1]).toMatchObject(unrated);
});
