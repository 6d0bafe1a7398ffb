import { loadable } from "@/ui/loadable";

import { useFolderDialog } from "../state/open-folder-dialog";

const NewFolderDialog = loadable(() => import("./new-folder-dialog"));
const MoveDialog = loadable(() => import("./move-dialog"));

export const FolderChip = loadable(() => import("./folder-chip"));
export const FolderList = loadable(() => import("./folder-list"));

export const preloadFolders = () =>
  Promise.all([NewFolderDialog.preload(), MoveDialog.preload(), FolderChip.preload()]);

/** What asks for a new folder's name, or where to move conversations, while it is open. */
export function FolderDialogs({ uid }: { uid: string }) {
  const { opened } = useFolderDialog();
  if (opened === null) return null;
  return opened === "new" ? <NewFolderDialog /> : <MoveDialog uid={uid} conversations={opened} />;
}
