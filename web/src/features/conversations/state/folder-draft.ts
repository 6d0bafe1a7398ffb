/** What was changed about a folder and is not saved yet; kept while another page is shown. */
import type { Folder } from "../api/folders";
import { unsaved } from "./unsaved";

export interface FolderDraft {
  name?: string;
  instructions?: string;
}

/** Characters, as the backend counts them. */
export const longestName = 200;

export const folderDrafts = unsaved<FolderDraft>({});

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
