import { t } from "@lingui/core/macro";

import {
  liveDocument,
  liveQuery,
  type Fields,
  type LiveDocument,
  type QuerySpec,
} from "@/firebase/documents";
import {
  readBoolean,
  readDate,
  readFields,
  readNumber,
  readString,
  readStrings,
} from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

import type { Changeable } from "../state/patch-store";

/** Messages from `forkSeq` on; what comes before them is its parent's. */
interface Branch {
  parent: string | null;
  forkSeq: number;
  nextSeq: number;
  /** The run that is writing an answer here. */
  activeRun: string | null;
  /** Its waiting questions wait for a word: the last answer was stopped or failed. */
  held: boolean;
  /** A column of a comparison in which nothing has been chosen yet. */
  comparing: boolean;
  createdAt: Date | null;
}

/** What stands for messages that no longer fit the model. */
export interface Summary {
  text: string;
  /** A person has put it into their own words. */
  edited: boolean;
  at: Date | null;
}

/** What a person decides about what the model is sent. */
interface Memory {
  instructions: string;
  /** Models that are asked when the chosen one fails, in this order. */
  fallbacks: readonly string[];
  summarise: boolean;
  /** Whether answers that were made before may do; null leaves it to the workspace. */
  cache: boolean | null;
  summary: Summary | null;
  /** The ids of messages that are always sent, as far as there is room. */
  pinned: readonly string[];
  /** The folder whose instructions it has too; one that is gone is none. */
  folderId: string | null;
}

export interface Conversation extends Memory, Changeable {
  title: string;
  /** What the list is ordered by. */
  updatedAt: Date;
  model: string | null;
  /** The branch that is shown, on every device. */
  activeBranch: string;
  branches: Readonly<Record<string, Branch>>;
}

/** What a document from before there were branches has: all its messages are there. */
export const onlyBranch: Branch = {
  parent: null,
  forkSeq: 0,
  nextSeq: 0,
  activeRun: null,
  held: false,
  comparing: false,
  createdAt: null,
};

export const firstBranch: Conversation["branches"] = { main: onlyBranch };

/** Of a conversation about which nothing was decided. */
export const initialMemory: Memory = {
  instructions: "",
  fallbacks: [],
  summarise: true,
  cache: null,
  summary: null,
  pinned: [],
  folderId: null,
};

function parseBranch(fields: Fields): Branch {
  return {
    parent: readString(fields, "parent"),
    forkSeq: readNumber(fields, "forkSeq") ?? 0,
    nextSeq: readNumber(fields, "nextSeq") ?? 0,
    activeRun: readString(fields, "activeRun"),
    held: readBoolean(fields, "held"),
    comparing: readBoolean(fields, "comparing"),
    createdAt: readDate(fields, "createdAt"),
  };
}

function parseBranches(fields: Fields): Record<string, Branch> {
  const stored = readFields(fields, "branches") ?? {};
  const branches = Object.keys(stored).map((id) => [id, parseBranch(readFields(stored, id) ?? {})]);
  return { ...firstBranch, ...Object.fromEntries(branches) };
}

function parseMemory(fields: Fields): Memory {
  const summary = readFields(fields, "summary");
  return {
    instructions: readString(fields, "instructions") ?? "",
    fallbacks: readStrings(fields, "fallbacks"),
    summarise: fields["summarise"] !== false,
    cache: typeof fields["cache"] === "boolean" ? fields["cache"] : null,
    summary: summary && {
      text: readString(summary, "text") ?? "",
      edited: readBoolean(summary, "edited"),
      at: readDate(summary, "at"),
    },
    pinned: readStrings(fields, "pinned"),
    folderId: readString(fields, "folderId"),
  };
}

function parseConversation({ id, fields }: LiveDocument): Conversation {
  const branches = parseBranches(fields);
  const active = readString(fields, "activeBranch") ?? "main";
  // The time of a write is not known to the cache before the server said it.
  const updatedAt = readDate(fields, "updatedAt") ?? new Date();
  const changedAt = readDate(fields, "changedAt");
  return {
    id,
    title: readString(fields, "title") ?? t`Untitled`,
    state: readString(fields, "state") === "deleted" ? "deleted" : "active",
    updatedAt,
    changedAt: changedAt && changedAt > updatedAt ? changedAt : updatedAt,
    model: readString(fields, "model"),
    requestId: readString(fields, "requestId"),
    activeBranch: active in branches ? active : "main",
    branches,
    ...parseMemory(fields),
  };
}

/** All of a person, or those in a folder, last change first. */
export function conversationList(
  uid: string,
  limit: number,
  folderId: string | null = null,
): LiveSource<readonly Conversation[]> {
  const where: QuerySpec["where"] = [
    ["readers", "array-contains", `u:${uid}`],
    ["state", "==", "active"],
  ];
  if (folderId !== null) where.push(["folderId", "==", folderId]);
  return liveQuery(
    {
      collection: "conversations",
      where,
      orderBy: [["updatedAt", "desc"]],
      limit,
    },
    parseConversation,
  );
}

export function conversationDocument(id: string): LiveSource<Conversation | null> {
  return liveDocument(`conversations/${id}`, parseConversation);
}

/** The runs that are writing answers in it, on whichever branches. */
export function runsOf({ branches }: Conversation): string[] {
  return Object.values(branches).flatMap(({ activeRun }) => activeRun ?? []);
}

export function isWriting(conversation: Conversation): boolean {
  return runsOf(conversation).length > 0;
}
