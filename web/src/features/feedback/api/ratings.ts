import { t } from "@lingui/core/macro";
import { useEffect } from "react";
import { create } from "zustand";

import { call } from "@/contract/call";
import type { AnswerRated, RateAnswer } from "@/contract/contract.gen";
import { problemOf } from "@/contract/errors";
import { notify } from "@/ui/notify";

export type Reason = AnswerRated["reasons"][number];

interface Pending {
  rated: AnswerRated;
  isSent: boolean;
}

/** Ratings that the listener may not show yet, by message. */
const usePending = create<Record<string, Pending>>(() => ({}));

export const unrated: AnswerRated = { rating: null, reasons: [] };

/** What a person thinks of an answer, the last click included. */
export function useRating(messageId: string, stored: AnswerRated | null): AnswerRated {
  const pending = usePending((state) => state[messageId]);
  const arrived = pending?.isSent === true && isSame(pending.rated, stored ?? unrated);
  useEffect(() => {
    if (arrived) drop(messageId);
  }, [arrived, messageId]);
  return pending?.rated ?? stored ?? unrated;
}

const sendings = new Map<string, Promise<void>>();

/** Shows at once, is sent after what was sent for the same answer, and is taken back when refused. */
export function rateAnswer(conversationId: string, messageId: string, rated: AnswerRated): void {
  usePending.setState({ [messageId]: { rated, isSent: false } });
  const before = sendings.get(messageId) ?? Promise.resolve();
  sendings.set(
    messageId,
    before.then(() => send({ conversationId, messageId, ...rated }, rated)),
  );
}

async function send(request: RateAnswer, rated: AnswerRated): Promise<void> {
  const { messageId } = request;
  // A later click says what is meant.
  const isLast = () => usePending.getState()[messageId]?.rated === rated;
  if (!isLast()) return;
  try {
    await call("feedback.rate", request);
    if (isLast()) usePending.setState({ [messageId]: { rated, isSent: true } });
  } catch (error) {
    if (!isLast()) return;
    drop(messageId);
    notify(t`The rating was not saved.`, {
      detail: problemOf(error).message,
    });
  }
}

function drop(messageId: string): void {
  const { [messageId]: _, ...others } = usePending.getState();
  usePending.setState(others, true);
}

export function forgetRatings(): void {
  usePending.setState({}, true);
  sendings.clear();
}

function isSame(one: AnswerRated, other: AnswerRated): boolean {
  return one.rating === other.rating && one.reasons.join() === other.reasons.join();
}
