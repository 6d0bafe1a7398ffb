import { useStore } from "zustand";

import { turnStore } from "./turns";

/** Whether the backend has not accepted a first question here yet: there is nothing to listen to. */
export function useIsBeingCreated(conversationId: string): boolean {
  return useStore(turnStore(conversationId), ({ turns }) =>
    turns.some((turn) => turn.isNew && (turn.phase === "sending" || turn.phase === "refused")),
  );
}
