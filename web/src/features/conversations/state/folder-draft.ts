/** What was changed about a folder and is not saved yet; kept while another page is shown. */
import { create } from "zustand";

import type { Folder } from "../api/folders";

export interface FolderDraft {
  name?: string;
  instructions?: string;
}

/** Characters, as the backend counts them. */
export const longestName = 200;

const useDrafts = create<Readonly<Record<string, FolderDraft>>>(() => ({}));
const untouched: FolderDraft = {};

export function useFolderDraft(folderId: string): FolderDraft {
  return useDrafts((drafts) => drafts[folderId] ?? untouched);
}

export function readFolderDraft(folderId: string): FolderDraft {
  return useDrafts.getState()[folderId] ?? untouched;
}

export function writeFolderDraft(folderId: string, change: FolderDraft): void {
  useDrafts.setState(({ [folderId]: draft }) => ({ [folderId]: { ...draft, ...change } }));
}

export function dropFolderDraft(folderId: string): void {
  useDrafts.setState(({ [folderId]: _dropped, ...drafts }) => drafts, true);
}

export function forgetFolderDrafts(): void {
  useDrafts.setState({}, true);
}

/** What of a draft differs from what is stored, as it is sent; null when nothing does. */
export function folderChanges(
  draft: FolderDraft,
  stored: Pick<Folder, "name" | "instructions">,
): FolderDraft | null {
  const changes: FolderDraft = {};
  for (const field of ["name", "instructions"] as const) {
    const text = draft[field]?.trim();
    if (text !== undefined && text !== stored[field]) changes[field] = text;
  }
  return Object.keys(changes).length > 0 ? changes : null;
}
