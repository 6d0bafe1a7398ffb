import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";

import { noteShown } from "./branches/recent";
import { columnsAt, type Branches } from "./branches/tree";
import type { Writing } from "./composer/composer";
import { stop } from "./stream/stop";
import {
  findTurn,
  followedRun,
  isOver,
  isUnfinished,
  turnStore,
  withForks,
  type Turn,
} from "./stream/turns";
import { openComparison, threadEntries } from "./thread/entries";
import { usePath } from "./use-path";

/** A conversation as it is shown: the path to its open branch, and what is being written there. */
export function useChat(
  conversationId: string,
  exists: boolean,
  stored: Branches,
  activeBranch: string,
) {
  const turns = useStore(turnStore(conversationId), (state) => state.turns);
  const branches = useMemo(() => withForks(stored, turns), [stored, turns]);
  // A branch whose making was refused is gone.
  const branchId = activeBranch in branches ? activeBranch : "main";
  useEffect(() => noteShown(conversationId, branchId), [conversationId, branchId]);
  // A list shows a new chat before there is one.
  const isStored = exists && !turns.some(({ isKept, asked }) => isKept && asked?.isNew);
  const path = usePath(conversationId, isStored, branches, branchId);
  const { messages } = path;
  // What waits stands behind the messages, and must not come before them.
  const isEmpty = path.state === "loading" && messages.length === 0;
  const all = useMemo(
    () => threadEntries(messages, branchId, isEmpty ? turns.filter(isNotKept) : turns),
    [messages, branchId, turns, isEmpty],
  );

  const [chosen, setChosen] = useState<string | null>(null);
  const asked = openComparison(all);
  const comparison =
    asked &&
    asked.message?.id !== chosen &&
    columnsAt(branches, asked.branchId, asked.seq + 1).length > 1
      ? asked
      : null;
  const entries = useMemo(
    () => (comparison ? all.slice(0, all.indexOf(comparison) + 1) : all),
    [all, comparison],
  );

  const shown = comparison
    ? columnsAt(branches, comparison.branchId, comparison.seq + 1)
    : [branchId];
  const activeRun = branches[branchId]?.activeRun ?? null;
  const followed = comparison ? null : followedRun(activeRun, turns, messages);

  const unfinished = turns.filter(
    (turn) =>
      isUnfinished(turn) && shown.includes(turn.branchId) && !isOver(turn.runId, [], messages),
  );
  return {
    ...path,
    turns,
    branches,
    branchId,
    entries,
    comparison,
    /** The run that another tab or device streams. */
    followed,
    isBusy: unfinished.length > 0 || followed !== null,
    writing: useWriting(conversationId, unfinished, followed !== null),
    setChosen,
  };
}

const isNotKept = ({ isKept }: Turn) => !isKept;

/** Stays the same while words come. */
function useWriting(
  conversationId: string,
  unfinished: readonly Turn[],
  isFollowing: boolean,
): Writing | null {
  const ids = unfinished.map(({ requestId }) => requestId).join();
  const isStopping = unfinished.every((turn) => turn.isStopping);
  return useMemo(() => {
    if (ids === "") return isFollowing ? { isStopping: false, onStop: null } : null;
    return {
      isStopping,
      onStop() {
        for (const id of ids.split(",")) {
          const turn = findTurn(conversationId, id);
          if (turn) stop(conversationId, turn);
        }
      },
    };
  }, [conversationId, ids, isStopping, isFollowing]);
}
