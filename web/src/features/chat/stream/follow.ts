import { useEffect } from "react";

import { useLive } from "@/firebase/live";

import { runSegments, type Segment } from "../api/messages";
import { changeTurn, newTurn, putTurn, turnStore, type Turn } from "./turns";

/**
 * The answer so far from its segments, whatever order they came in. Ends at the first gap: what lies
 * beyond it would be read in the wrong place.
 */
export function joinSegments(segments: readonly Segment[]): { text: string; reasoning: string } {
  let text = "";
  let reasoning = "";
  const ordered = segments.toSorted((a, b) => a.start - b.start || a.number - b.number);
  for (const segment of ordered) {
    if (segment.start > text.length) break;
    if (segment.start + segment.text.length > text.length) {
      text = text.slice(0, segment.start) + segment.text;
    }
    reasoning += segment.reasoning;
  }
  return { text, reasoning };
}

/** Whether this tab has the run from its own stream, or is about to know that it does. */
function isOwn(turn: Turn, runId: string): boolean {
  if (turn.phase === "sending") return true;
  return turn.runId === runId && (turn.phase === "streaming" || turn.phase === "ended");
}

/**
 * Reads a run that another tab or device streams. The segments go in the batch that writes the
 * message, so what was read stays until the message is there.
 */
export function useFollowedRun(
  conversationId: string,
  activeRun: string | null,
  turns: readonly Turn[],
): void {
  const followed =
    activeRun !== null && !turns.some((turn) => isOwn(turn, activeRun)) ? activeRun : null;
  const live = useLive(followed === null ? null : runSegments(followed));
  const segments = live.state === "ready" ? live.value : null;
  useEffect(() => {
    if (followed !== null) follow(conversationId, followed, segments ?? []);
  }, [conversationId, followed, segments]);
}

export function follow(conversationId: string, runId: string, segments: readonly Segment[]): void {
  const known = turnStore(conversationId)
    .getState()
    .turns.find((turn) => turn.runId === runId);
  if (known && isOwn(known, runId)) return;
  const { text, reasoning } = joinSegments(segments);
  if (!known) {
    putTurn(
      conversationId,
      newTurn({ requestId: runId, runId, phase: "following", text, reasoning }),
    );
    return;
  }
  changeTurn(conversationId, known.requestId, (turn) => ({
    ...(text.length > turn.text.length ? { text, waiting: null } : {}),
    ...(reasoning.length > turn.reasoning.length ? { reasoning } : {}),
  }));
}
