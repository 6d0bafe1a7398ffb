/** What operations without an input answer, shared by all who show it, and asked again when it is old. */
import { useCallback, useEffect, useSyncExternalStore } from "react";

import { call, type UnaryName } from "./call";
import type { Operations } from "./contract.gen";

export type ReadName = {
  [Name in UnaryName]: object extends Operations[Name]["input"] ? Name : never;
}[UnaryName];

interface Answer<Output> {
  data: Output | undefined;
  /** When that was answered, in milliseconds since 1970. */
  dataUpdatedAt: number;
  /** Whether the last try failed; `data` is what was known before. */
  isError: boolean;
}

export interface Query<Output> extends Answer<Output> {
  refetch: () => Promise<void>;
}

interface Entry {
  answer: Answer<unknown>;
  listeners: Set<() => void>;
  asking: Promise<void> | null;
}

const unanswered: Answer<never> = { data: undefined, dataUpdatedAt: 0, isError: false };
const afterFailureMs = 10_000;
const entries = new Map<ReadName, Entry>();

function entryOf(name: ReadName): Entry {
  let entry = entries.get(name);
  if (!entry) {
    entry = { answer: unanswered, listeners: new Set(), asking: null };
    entries.set(name, entry);
  }
  return entry;
}

async function answerOf(name: ReadName, { data: known, dataUpdatedAt }: Answer<unknown>) {
  try {
    const data = await call(name, {});
    // What is equal stays the same, so that nothing is drawn again for it.
    const isSame = JSON.stringify(data) === JSON.stringify(known);
    return { data: isSame ? known : data, dataUpdatedAt: Date.now(), isError: false };
  } catch {
    return { data: known, dataUpdatedAt, isError: true };
  }
}

/** Asks now, once for all who wait for it. */
export function ask(name: ReadName): Promise<void> {
  const entry = entryOf(name);
  if (entry.asking) return entry.asking;
  const asking = answerOf(name, entry.answer).then((answer) => {
    if (entry.asking === asking) tell(entry, answer);
  });
  entry.asking = asking;
  return asking;
}

function tell(entry: Entry, answer: Answer<unknown>): void {
  entry.asking = null;
  entry.answer = answer;
  for (const listener of entry.listeners) listener();
}

/** What an operation answered last, if it was asked. */
export function knownAnswer<Name extends ReadName>(
  name: Name,
): Operations[Name]["output"] | undefined {
  return entries.get(name)?.answer.data as Operations[Name]["output"] | undefined;
}

/** What an operation would answer now, as another one has told; what was asked before is older. */
export function learnAnswer<Name extends ReadName>(
  name: Name,
  data: Operations[Name]["output"],
): void {
  tell(entryOf(name), { data, dataUpdatedAt: Date.now(), isError: false });
}

/** Another person must not find what this one was answered. */
export function forgetAnswers(): void {
  entries.clear();
}

/**
 * The answer to an operation. It is asked for again when one comes back to the page or to the network
 * after `staleMs`, and at the time that `againMs` tells (false: not by itself).
 */
export function useQuery<Name extends ReadName>(
  name: Name,
  staleMs: number,
  againMs: (data: Operations[Name]["output"]) => number | false,
): Query<Operations[Name]["output"]> {
  const subscribe = useCallback(
    (listener: () => void) => {
      const entry = entryOf(name);
      const look = () => {
        const isOld = Date.now() - entry.answer.dataUpdatedAt >= staleMs;
        if (isOld && navigator.onLine && document.visibilityState === "visible") void ask(name);
      };
      entry.listeners.add(listener);
      document.addEventListener("visibilitychange", look);
      addEventListener("online", look);
      look();
      return () => {
        entry.listeners.delete(listener);
        document.removeEventListener("visibilitychange", look);
        removeEventListener("online", look);
      };
    },
    [name, staleMs],
  );
  const answer = useSyncExternalStore(
    subscribe,
    () => (entries.get(name)?.answer ?? unanswered) as Answer<Operations[Name]["output"]>,
  );
  useEffect(() => {
    const { data, isError } = answer;
    const waitMs = isError ? afterFailureMs : data !== undefined && againMs(data);
    if (waitMs === false) return;
    const timer = setTimeout(() => void ask(name), waitMs);
    return () => clearTimeout(timer);
  }, [name, answer, againMs]);
  const refetch = useCallback(() => ask(name), [name]);
  return { ...answer, refetch };
}
