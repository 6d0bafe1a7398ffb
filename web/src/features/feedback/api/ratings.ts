import { t } from "@lingui/core/macro";
import { useEffect } from "react";
import { create } from "zustand";

import { call } from "@/contract/call";
import type { AnswerRated, RateAnswer } from "@/contract/contract.gen";
import { offlineError, problemOf, UnreachedError } from "@/contract/errors";
import { keep, type Delivery, type Part } from "@/contract/outbox";
import { notify } from "@/ui/notify";

export type Reason = AnswerRated["reasons"][number];

/** Names what of the outbox is shown and delivered here; those of one answer go in their order. */
export const ratingKind = "rating";

interface Pending {
  requestId: string;
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

/** Shows at once, and goes through the outbox: a reload or a lost connection takes nothing back. */
export async function rateAnswer(
  conversationId: string,
  messageId: string,
  rated: AnswerRated,
): Promise<void> {
  const requestId = crypto.randomUUID();
  usePending.setState({ [messageId]: { requestId, rated, isSent: false } });
  const view: RateAnswer = { conversationId, messageId, ...rated };
  try {
    await keep({ requestId, conversationId: `${ratingKind}/${messageId}`, kind: ratingKind, view });
  } catch {
    // This browser keeps nothing.
    const delivery = await send(requestId, view);
    if (delivery === "unreached") takeBack(requestId, messageId, offlineError().message);
  }
}

async function send(requestId: string, request: RateAnswer): Promise<Delivery> {
  const { messageId } = request;
  try {
    await call("feedback.rate", request);
    if (isLast(requestId, messageId)) {
      usePending.setState({ [messageId]: { requestId, rated: ratedOf(request), isSent: true } });
    }
  } catch (error) {
    const { status, message } = problemOf(error);
    if (error instanceof UnreachedError || status === "UNAUTHENTICATED") return "unreached";
    takeBack(requestId, messageId, message);
  }
  return "delivered";
}

function ratedOf({ rating, reasons = [] }: RateAnswer): AnswerRated {
  return { rating, reasons };
}

/** A later click says what is meant. */
function isLast(requestId: string, messageId: string): boolean {
  return usePending.getState()[messageId]?.requestId === requestId;
}

/** Shows what is stored instead, and says why. */
function takeBack(requestId: string, messageId: string, detail: string): void {
  if (!isLast(requestId, messageId)) return;
  drop(messageId);
  notify(t`The rating was not saved.`, { detail });
}

export const keptRatings: Part = {
  show(kept) {
    const last = new Map(kept.map((one) => [(one.view as RateAnswer).messageId, one]));
    for (const [messageId, { requestId, view }] of last) {
      const rated = ratedOf(view as RateAnswer);
      usePending.setState({ [messageId]: { requestId, rated, isSent: false } });
    }
  },
  deliver: ({ requestId, view }) => send(requestId, view as RateAnswer),
};

function drop(messageId: string): void {
  const { [messageId]: _, ...others } = usePending.getState();
  usePending.setState(others, true);
}

export function forgetRatings(): void {
  usePending.setState({}, true);
}

function isSame(one: AnswerRated, other: AnswerRated): boolean {
  return one.rating === other.rating && one.reasons.join() === other.reasons.join();
}
