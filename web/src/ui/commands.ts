import { useEffect, useRef } from "react";
import { create } from "zustand";

import type { CommandId } from "./shortcuts";

type Run = (argument: string) => void;

/** What can be done on the page that is open, by whoever draws it. */
const useRunning = create<Partial<Record<CommandId, Run>>>(() => ({}));

/** Makes a command do something while the caller is on the page; null where it cannot be done now. */
export function useCommand(id: CommandId, run: Run | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const canRun = run !== null;
  useEffect(() => {
    if (!canRun) return;
    const current: Run = (argument) => latest.current?.(argument);
    useRunning.setState({ [id]: current });
    return () => {
      if (useRunning.getState()[id] === current) useRunning.setState({ [id]: undefined });
    };
  }, [id, canRun]);
}

/** Does it, and says whether it could be done. */
export function runCommand(id: CommandId, argument = ""): boolean {
  const run = useRunning.getState()[id];
  run?.(argument);
  return run !== undefined;
}

/** Whether a command can be done on the page that is open. */
export function useRunnable(): (id: CommandId) => boolean {
  const running = useRunning();
  return (id) => running[id] !== undefined;
}
