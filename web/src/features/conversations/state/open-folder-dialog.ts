import { create } from "zustand";

import type { Conversation } from "../api/conversations";

/** A new folder is being named, or the conversations moved. */
export const useFolderDialog = create<{ opened: "new" | readonly Conversation[] | null }>(() => ({
  opened: null,
}));

export function openNewFolder(): void {
  useFolderDialog.setState({ opened: "new" });
}

export function openMove(conversations: readonly Conversation[]): void {
  useFolderDialog.setState({ opened: conversations });
}

export function closeFolderDialog(): void {
  useFolderDialog.setState({ opened: null });
}
