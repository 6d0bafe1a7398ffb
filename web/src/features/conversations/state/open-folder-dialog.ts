import { create } from "zustand";

import type { Conversation } from "../api/conversations";

/** A new folder is being named, or the conversation moved. */
export const useFolderDialog = create<{ opened: "new" | Conversation | null }>(() => ({
  opened: null,
}));

export function openNewFolder(): void {
  useFolderDialog.setState({ opened: "new" });
}

export function openMove(conversation: Conversation): void {
  useFolderDialog.setState({ opened: conversation });
}

export function closeFolderDialog(): void {
  useFolderDialog.setState({ opened: null });
}
