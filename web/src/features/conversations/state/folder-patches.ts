/** What a person has done to folders and the listener does not show yet. */
import type { Folder } from "../api/folders";
import { createPatches, type PatchOf } from "./patch-store";

interface FolderPatch extends PatchOf<Folder> {
  folderId: string;
}

export const folderPatches = createPatches<Folder, FolderPatch>(({ folderId }) => folderId);
