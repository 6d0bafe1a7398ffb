import { useEffect, useMemo } from "react";

import { useLive } from "@/firebase/live";

import {
  runDocument,
  runSegments,
  type Message,
  type RunDocument,
  type Segment,
} from "../api/messages";
import { joinSegments } from "./join";
import { useRecovery } from "./recover";
import { changeTurn, isOwn, newTurn, putTurn, turnStore, type Turn } from "./turns";

/**
 * Reads a run that another tab or device streams. The segments go in the batch that writes the
 * message, so what was read stays until the message is there.
 */
export function useFollowedRun(
  conversationId: string,
  branchId: string,
  followed: string | null,
  messages: readonly Message[],
): void {
  const sources = useMemo(
    () => (followed === null ? null : { run: runDocument(followed), log: runSegments(followed) }),
    [followed],
  );
  const run = useLive(sources?.run ?? null);
  const log = useLive(sources?.log ?? null);
  useRecovery(followed, log.state === "ready" ? log.value.length : 0);
  useEffect(() => {
    // Until it is known whether the run goes on with a stored answer, its text has no place.
    if (followed === null || run.state === "loading") return;
    const known = run.state === "ready" ? run.value : null;
    const segments = log.state === "ready" ? log.value : [];
    follow(conversationId, { runId: followed, branchId, ...placeOf(known, messages) }, segments);
  }, [conversationId, branchId, followed, run, log, messages]);
}

interface Followed {
  runId: string;
  branchId: string;
  /** What is stored of the answer that the run goes on with. */
  base?: string;
  known?: Pick<Turn, "questionId" | "answerId" | "model">;
}

function placeOf(
  run: RunDocument | null,
  messages: readonly Message[],
): Pick<Followed, "base" | "known"> {
  if (!run) return {};
  const { questionId, answerId, model, continues, textStart } = run;
  const stored = continues ? messages.find(({ id }) => id === answerId) : undefined;
  return {
    base: stored?.text.slice(0, textStart) ?? "",
    known: { questionId, answerId, model },
  };
}

export function follow(
  conversationId: string,
  {
    runId,
    branchId,
    base = "",
    known = { questionId: null, answerId: null, model: null },
  }: Followed,
  segments: readonly Segment[],
): void {
  const { turns } = turnStore(conversationId).getState();
  const turn = turns.find((other) => other.runId === runId);
  if (turn && isOwn(turn, runId)) return;
  const { text, reasoning } = joinSegments(segments, base);
  if (!turn) {
    putTurn(
      conversationId,
      newTurn({ requestId: runId, runId, branchId, phase: "following", text, reasoning, ...known }),
    );
    return;
  }
  changeTurn(conversationId, turn.requestId, (current) => ({
    ...(text.length > current.text.length ? { text, waiting: null } : {}),
    ...(reasoning.length > current.reasoning.length ? { reasoning } : {}),
    questionId: current.questionId ?? known.questionId,
    answerId: current.answerId ?? known.answerId,
    model: current.model ?? known.model,
  }));
}
