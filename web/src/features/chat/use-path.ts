import { useEffect, useMemo, useState } from "react";

import { retryLive, useLiveAll } from "@/firebase/live";

import { mostMessages, stretchTail, type Message } from "./api/messages";
import { pathOf, tailOf, type Branches } from "./branches/tree";
import { forgetShownTurns } from "./stream/turns";

const pageSize = 60;
const noMessages: readonly Message[] = [];

interface Path {
  /** First one first. */
  messages: readonly Message[];
  state: "loading" | "ready" | "failed";
  /** Loads so many more; null when the beginning is there or on its way. */
  showOlder: ((more?: number) => void) | null;
  retry: () => void;
}

/**
 * The messages of a branch with what comes before it, from its end: a listener for each branch on
 * the way. Of a branch that was just left, what is known stays while its listener opens.
 */
export function usePath(
  conversationId: string,
  exists: boolean,
  branches: Branches,
  branchId: string,
): Path {
  const [limit, setLimit] = useState(pageSize);
  const { stretches, hasOlder } = tailOf(branches, pathOf(branches, branchId), limit);
  // Branches come as new objects with each snapshot of the conversation.
  const plan = JSON.stringify(stretches);
  const sources = useMemo(
    () =>
      exists
        ? (JSON.parse(plan) as typeof stretches)
            // One that is just being made has nothing stored yet.
            .filter((stretch) => !stretch.branchId.startsWith("new-"))
            .map((stretch) => ({ stretch, source: stretchTail(conversationId, stretch, limit) }))
        : [],
    [exists, conversationId, plan, limit],
  );
  const lives = useLiveAll(useMemo(() => sources.map(({ source }) => source), [sources]));
  const [known, setKnown] = useState(noMessages);
  const read = useMemo(() => {
    const parts = sources.map(({ stretch: { branchId: id, before } }, index) => {
      const live = lives[index];
      if (live?.state === "ready") return live.value.toReversed();
      return known.filter(
        (message) => message.branchId === id && (before === null || message.seq < before),
      );
    });
    return parts.flat();
  }, [sources, lives, known]);
  const messages = same(known, read) ? known : read;
  const isLoading = lives.some(({ state }) => state === "loading");
  const isComplete = lives.length > 0 && lives.every(({ state }) => state === "ready");
  if (isComplete && known !== messages) setKnown(messages);
  useEffect(() => forgetShownTurns(conversationId, messages), [conversationId, messages]);

  const isSettled = isComplete && lives.every((live) => live.state === "ready" && live.settled);
  const isFull = lives.some((live) => live.state === "ready" && live.value.length >= limit);
  return {
    messages,
    state: lives.some(({ state }) => state === "failed")
      ? "failed"
      : isLoading
        ? "loading"
        : "ready",
    showOlder:
      isSettled && (hasOlder || isFull) && limit < mostMessages
        ? (more = pageSize) => setLimit(Math.min(limit + Math.max(more, pageSize), mostMessages))
        : null,
    retry: () => {
      for (const { source } of sources) retryLive(source);
    },
  };
}

function same(a: readonly Message[], b: readonly Message[]): boolean {
  return a.length === b.length && a.every((message, index) => message === b[index]);
}
