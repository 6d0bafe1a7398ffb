import { lazy, Suspense } from "react";

import { useFolderDialog } from "../state/open-folder-dialog";

const loadNewFolder = () => import("./new-folder-dialog");
const loadMove = () => import("./move-dialog");
const loadChip = () => import("./folder-chip");
const NewFolderDialog = lazy(loadNewFolder);
const MoveDialog = lazy(loadMove);

export const FolderChip = lazy(loadChip);
export const FolderList = lazy(() => import("./folder-list"));

export const preloadFolders = () => Promise.all([loadNewFolder(), loadMove(), loadChip()]);

/** What asks for a new folder's name, or where to move conversations, while it is open. */
export function FolderDialogs({ uid }: { uid: string }) {
  const { opened } = useFolderDialog();
  if (opened === null) return null;
  return (
    <Suspense>
      {opened === "new" ? <NewFolderDialog /> : <MoveDialog uid={uid} conversations={opened} />}
    </Suspense>
  );
}
