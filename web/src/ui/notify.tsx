import { create } from "zustand";

import { loadable } from "./loadable";

export interface Notification {
  id: string;
  message: string;
  detail?: string;
  undo?: () => void;
}

const ToastViewport = loadable(() => import("./toast"));
export const preloadToasts = ToastViewport.preload;

interface Notifications {
  /** Said, but not yet taken up by the toasts. */
  waiting: readonly Notification[];
  isWanted: boolean;
}

const useNotifications = create<Notifications>(() => ({ waiting: [], isWanted: false }));

/** Says something that passes; `undo` keeps it for ten seconds and offers the way back. */
export function notify(message: string, options: Omit<Notification, "id" | "message"> = {}): void {
  useNotifications.setState(({ waiting }) => ({
    waiting: [...waiting, { id: crypto.randomUUID(), message, ...options }],
    isWanted: true,
  }));
}

function takeWaiting(taken: readonly Notification[]): void {
  useNotifications.setState(({ waiting }) => ({
    waiting: waiting.filter((notification) => !taken.includes(notification)),
  }));
}

export function ToastLayer() {
  const { waiting, isWanted } = useNotifications();
  return isWanted ? <ToastViewport waiting={waiting} onTaken={takeWaiting} /> : null;
}
