import { useEffect, useMemo } from "react";
import { useStore } from "zustand";

import { compareTexts } from "@/i18n/format";
import { retryLive, useLive, type Live } from "@/firebase/live";

import { folderList, type Folder } from "../api/folders";
import { folderPatches } from "./folder-patches";

/** The folders of a person as they left them, by name. */
export function useFolders(uid: string): { list: Live<readonly Folder[]>; retry: () => void } {
  const source = useMemo(() => folderList(uid), [uid]);
  const live = useLive(source);
  const patches = useStore(folderPatches.store, (state) => state.patches);
  const documents = live.state === "ready" ? live.value : null;
  useEffect(() => {
    if (documents) folderPatches.forgetArrived(documents);
  }, [documents]);
  const list = useMemo(() => {
    if (live.state !== "ready") return live;
    const value = folderPatches.patchAll(live.value, patches);
    return { ...live, value: value.toSorted((a, b) => compareTexts(a.name, b.name)) };
  }, [live, patches]);
  return { list, retry: () => retryLive(source) };
}

export function folderIn(list: Live<readonly Folder[]>, folderId: string | null): Folder | null {
  const found = list.state === "ready" ? list.value : [];
  return found.find(({ id }) => id === folderId) ?? null;
}

/** `isGone`: it is known that there is no such folder. */
export function useFolder(
  uid: string,
  folderId: string | null,
): { folder: Folder | null; isGone: boolean } {
  const { list } = useFolders(uid);
  const folder = folderIn(list, folderId);
  return { folder, isGone: folder === null && list.state === "ready" && !list.fromCache };
}
