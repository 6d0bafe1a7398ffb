import { useEffect, useMemo } from "react";
import { useStore } from "zustand";

import { useLive } from "@/firebase/live";

import type { Message } from "./api/messages";
import type { Branches } from "./branches/tree";
import {
  forgetQueued,
  patchQueue,
  queueStore,
  waitingQuestions,
  type Waiting,
} from "./queue/queue";
import type { Turn } from "./stream/turns";

const noneWaiting: readonly Waiting[] = [];

/** The questions that wait at a branch, as the person left them, the next one first. */
export function useQueue(
  conversationId: string,
  exists: boolean,
  branches: Branches,
  branchId: string,
  messages: readonly Message[],
  turns: readonly Turn[],
): readonly Waiting[] {
  const source = useMemo(
    () => (exists ? waitingQuestions(conversationId) : null),
    [exists, conversationId],
  );
  const live = useLive(source);
  const stored = live.state === "ready" ? live.value : noneWaiting;
  const changes = useStore(queueStore(conversationId));
  useEffect(() => {
    const begun = new Set([
      ...Object.values(branches).map(({ activeRun }) => activeRun),
      ...messages.map(({ runId }) => runId),
      ...turns.map(({ runId }) => runId),
    ]);
    forgetQueued(conversationId, stored, (entryId) => begun.has(entryId));
  }, [conversationId, stored, branches, messages, turns]);
  return useMemo(
    () => patchQueue(stored, changes).filter((waiting) => waiting.branchId === branchId),
    [stored, changes, branchId],
  );
}
