import { liveQuery, type LiveDocument } from "@/firebase/documents";
import { readDate, readString } from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

import type { Changeable } from "../state/patch-store";

/** The rules list no more, and a person can have no more. */
const mostFolders = 100;

export interface Folder extends Changeable {
  name: string;
  /** What every model asked in it is told, before a conversation's own instructions. */
  instructions: string;
}

function parseFolder({ id, fields }: LiveDocument): Folder {
  return {
    id,
    state: "active",
    requestId: readString(fields, "requestId"),
    changedAt: readDate(fields, "changedAt") ?? new Date(),
    name: readString(fields, "name") ?? "",
    instructions: readString(fields, "instructions") ?? "",
  };
}

export function folderList(uid: string): LiveSource<readonly Folder[]> {
  return liveQuery(
    {
      collection: "folders",
      where: [["readers", "array-contains", `u:${uid}`]],
      limit: mostFolders,
    },
    parseFolder,
  );
}
