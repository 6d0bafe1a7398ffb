/**
 * Live values, shared: who asks for the same key shares one listener, which stays for a while after
 * the last one left, so that going back and forth costs no read. Firestore caches; this does not.
 */
import { useCallback, useMemo, useSyncExternalStore } from "react";

import type { LiveProblem } from "./documents";
import { keepSame } from "./same";

export interface LiveSource<T> {
  key: string;
  /** Sources of one family are views of one thing: a new one starts with what another shows. */
  family: string;
  /** What it showed when the page was last left. */
  recall?(): T | undefined;
  open(
    next: (value: T, fromCache: boolean) => void,
    fail: (problem: LiveProblem) => void,
  ): Promise<() => void>;
}

export type Live<T> =
  | { state: "loading" }
  | { state: "ready"; value: T; fromCache: boolean; settled: boolean }
  | { state: "failed"; problem: LiveProblem };

interface Entry {
  family: string;
  current: Live<unknown>;
  listeners: Set<() => void>;
  close: () => void;
  lingering: ReturnType<typeof setTimeout> | undefined;
  /** Whoever listens came after it was opened, when nobody else did any more. */
  isInherited: boolean;
}

const lingerMs = 30_000;
const entries = new Map<string, Entry>();
const loading: Live<never> = { state: "loading" };
/** By key, until something newer has come: who reads it twice reads the same. */
const recalled = new Map<string, Live<unknown>>();

function siblingValue(family: string): Live<unknown> {
  for (const entry of entries.values()) {
    if (entry.family === family && entry.current.state === "ready") {
      return { ...entry.current, settled: false };
    }
  }
  return loading;
}

function recall<T>(source: LiveSource<T>): Live<unknown> {
  const known = recalled.get(source.key);
  if (known) return known;
  const value = source.recall?.();
  if (value === undefined) return loading;
  const first: Live<T> = { state: "ready", value, fromCache: true, settled: true };
  recalled.set(source.key, first);
  return first;
}

/** What is shown until the listener tells. */
function beginning<T>(source: LiveSource<T>): Live<unknown> {
  const sibling = siblingValue(source.family);
  return sibling.state === "ready" ? sibling : recall(source);
}

function currentOf<T>(source: LiveSource<T>): Live<T> {
  return (entries.get(source.key)?.current ?? recall(source)) as Live<T>;
}

function publish(entry: Entry, current: Live<unknown>): void {
  entry.current = current;
  for (const listener of entry.listeners) listener();
}

/** Only what is another than before is told. */
function tell(entry: Entry, next: unknown, fromCache: boolean): void {
  const { current } = entry;
  const value = current.state === "ready" ? keepSame(current.value, next) : next;
  const isSame =
    current.state === "ready" &&
    current.settled &&
    current.value === value &&
    current.fromCache === fromCache;
  if (!isSame) publish(entry, { state: "ready", value, fromCache, settled: true });
}

function open<T>(entry: Entry, source: LiveSource<T>): void {
  let closed = false;
  let unsubscribe: (() => void) | null = null;
  entry.close = () => {
    closed = true;
    unsubscribe?.();
  };
  const fail = (problem: LiveProblem) => {
    if (closed) return;
    recalled.delete(source.key);
    // What was not there when it was opened may be there by now.
    if (entry.isInherited) reopen(entry, source);
    else publish(entry, { state: "failed", problem });
  };
  source
    .open((value, fromCache) => {
      if (closed) return;
      recalled.delete(source.key);
      tell(entry, value, fromCache);
    }, fail)
    .then((stop) => {
      if (closed) stop();
      else unsubscribe = stop;
    })
    .catch((error: unknown) => {
      fail({ reason: "away", message: error instanceof Error ? error.message : String(error) });
    });
}

/** Asks again after a failure; whoever shows the failure sees what comes of it. */
export function retryLive<T>(source: LiveSource<T>): void {
  const entry = entries.get(source.key);
  if (entry) reopen(entry, source);
}

function reopen<T>(entry: Entry, source: LiveSource<T>): void {
  entry.close();
  entry.isInherited = false;
  publish(entry, beginning(source));
  open(entry, source);
}

function subscribe<T>(source: LiveSource<T>, listener: () => void): () => void {
  let entry = entries.get(source.key);
  if (!entry) {
    entry = {
      family: source.family,
      current: beginning(source),
      listeners: new Set(),
      close: () => {},
      lingering: undefined,
      isInherited: false,
    };
    entries.set(source.key, entry);
    open(entry, source);
  } else if (entry.current.state === "failed" && entry.listeners.size === 0) {
    // A refused listener is dead for good: who comes back opens another.
    reopen(entry, source);
  } else if (entry.listeners.size === 0) {
    entry.isInherited = true;
  }
  const shared = entry;
  clearTimeout(shared.lingering);
  shared.listeners.add(listener);
  return () => {
    shared.listeners.delete(listener);
    if (shared.listeners.size > 0) return;
    shared.lingering = setTimeout(() => {
      shared.close();
      if (entries.get(source.key) === shared) entries.delete(source.key);
    }, lingerMs);
  };
}

export function stopAllLive(): void {
  for (const entry of entries.values()) {
    clearTimeout(entry.lingering);
    entry.close();
  }
  entries.clear();
  recalled.clear();
}

/** Null waits: the value stays `loading` until there is something to ask for. */
export function useLive<T>(source: LiveSource<T> | null): Live<T> {
  const key = source?.key;
  const subscribeToKey = useCallback(
    (listener: () => void) => (source ? subscribe(source, listener) : () => {}),
    // A source is its key: a fresh one with the same key does the same.
    // oxlint-disable-next-line react/exhaustive-deps
    [key],
  );
  return useSyncExternalStore(subscribeToKey, () => (source ? currentOf(source) : loading));
}

/** The values of several sources, in their order; the same array until one of them changes. */
export function useLiveAll<T>(sources: readonly LiveSource<T>[]): readonly Live<T>[] {
  const keys = sources.map((source) => source.key).join("\n");
  const shared = useMemo(
    () => {
      let last: readonly Live<T>[] = [];
      return {
        subscribe: (listener: () => void) => {
          const stops = sources.map((source) => subscribe(source, listener));
          return () => {
            for (const stop of stops) stop();
          };
        },
        read: () => {
          const now = sources.map(currentOf);
          if (now.length !== last.length || now.some((live, index) => live !== last[index])) {
            last = now;
          }
          return last;
        },
      };
    },
    // A source is its key: a fresh one with the same key does the same.
    // oxlint-disable-next-line react/exhaustive-deps
    [keys],
  );
  return useSyncExternalStore(shared.subscribe, shared.read);
}
