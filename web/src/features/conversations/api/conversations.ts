import { liveDocument, liveQuery, type LiveDocument } from "@/firebase/documents";
import { readDate, readFields, readString } from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

export interface Conversation {
  id: string;
  title: string;
  state: "active" | "deleted";
  updatedAt: Date;
  model: string | null;
  /** The request of the last write by a person: tells a patch that it has arrived. */
  requestId: string | null;
  /** The run that is writing an answer on the active branch. */
  activeRun: string | null;
}

function parseConversation({ id, fields }: LiveDocument): Conversation {
  const branch = readString(fields, "activeBranch") ?? "main";
  const branches = readFields(fields, "branches") ?? {};
  const active = readFields(branches, branch) ?? {};
  return {
    id,
    title: readString(fields, "title") ?? "Untitled",
    state: readString(fields, "state") === "deleted" ? "deleted" : "active",
    // The time of a write is not known to the cache before the server said it.
    updatedAt: readDate(fields, "updatedAt") ?? new Date(),
    model: readString(fields, "model"),
    requestId: readString(fields, "requestId"),
    activeRun: readString(active, "activeRun"),
  };
}

export function conversationList(uid: string, limit: number): LiveSource<readonly Conversation[]> {
  return liveQuery(
    {
      collection: "conversations",
      where: [
        ["readers", "array-contains", `u:${uid}`],
        ["state", "==", "active"],
      ],
      orderBy: [["updatedAt", "desc"]],
      limit,
    },
    parseConversation,
  );
}

export function conversationDocument(id: string): LiveSource<Conversation | null> {
  return liveDocument(`conversations/${id}`, parseConversation);
}
