import { useStore } from "zustand";

import { turnStore } from "./turns";

/**
 * How far the first question of a new chat has come. `sending`: there is nothing to listen to yet;
 * `refused`: there may be something after all, if only the answer to the request was lost.
 */
export function useFirstQuestion(conversationId: string): "sending" | "refused" | null {
  return useStore(turnStore(conversationId), ({ turns, isTakenBack }) => {
    const phases = turns.filter((turn) => turn.asked?.isNew).map((turn) => turn.phase);
    if (phases.includes("sending") || phases.includes("waiting")) return "sending";
    return phases.includes("refused") || isTakenBack ? "refused" : null;
  });
}
