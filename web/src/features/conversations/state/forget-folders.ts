import { folderDrafts } from "./folder-draft";
import { folderPatches } from "./folder-patches";

/** Another person must find nothing of this one's folders. */
export function forgetFolders(): void {
  folderPatches.dropAll();
  folderDrafts.forgetAll();
}
