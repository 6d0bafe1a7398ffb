import { create } from "zustand";

import type { Conversation } from "../api/conversations";

/** The conversation whose instructions and memory are shown: its row may move or go meanwhile. */
export const useOpenMemory = create<{ conversation: Conversation | null }>(() => ({
  conversation: null,
}));

export function openMemory(conversation: Conversation): void {
  useOpenMemory.setState({ conversation });
}

export function isMemoryOpen(conversationId: string): boolean {
  return useOpenMemory.getState().conversation?.id === conversationId;
}

export function closeMemory(conversationId: string): void {
  if (isMemoryOpen(conversationId)) useOpenMemory.setState({ conversation: null });
}
