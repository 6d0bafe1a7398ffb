import { lazy, Suspense, useSyncExternalStore } from "react";

export interface Notification {
  message: string;
  detail?: string;
  undo?: () => void;
}

// The toasts themselves are loaded with the first one.
const load = () => import("./toast");
const ToastViewport = lazy(load);

let isWanted = false;
const listeners = new Set<() => void>();

/** Says something that passes; `undo` keeps it for ten seconds and offers the way back. */
export function notify(message: string, options: Omit<Notification, "message"> = {}): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void load().then(({ addToast }) => addToast({ message, ...options }));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function ToastLayer() {
  const wanted = useSyncExternalStore(subscribe, () => isWanted);
  return wanted ? (
    <Suspense>
      <ToastViewport />
    </Suspense>
  ) : null;
}
