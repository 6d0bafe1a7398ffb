import { useStore } from "zustand";

import { turnStore } from "./turns";

/**
 * How far the first question of a new chat has come. `sending`: there is nothing to listen to yet;
 * `refused`: there may be something after all, if only the answer to the request was lost;
 * `takenBack`: it was never sent.
 */
export function useFirstQuestion(
  conversationId: string,
): "sending" | "refused" | "takenBack" | null {
  return useStore(turnStore(conversationId), ({ turns, isTakenBack }) => {
    const phases = turns.filter((turn) => turn.asked?.isNew).map((turn) => turn.phase);
    if (phases.includes("sending") || phases.includes("waiting")) return "sending";
    if (phases.includes("refused")) return "refused";
    return isTakenBack ? "takenBack" : null;
  });
}
