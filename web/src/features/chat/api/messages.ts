import { t } from "@lingui/core/macro";

import type { AnswerRated, ErrorDetails, Problem, Receipt } from "@/contract/contract.gen";
import { liveDocument, liveQuery, type LiveDocument } from "@/firebase/documents";
import {
  readBoolean,
  readDate,
  readFields,
  readList,
  readNumber,
  readString,
} from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

import type { Stretch } from "../branches/tree";

export interface Message {
  id: string;
  branchId: string;
  seq: number;
  role: "user" | "assistant";
  text: string;
  reasoning: string;
  model: string | null;
  state: "complete" | "incomplete" | "stopped" | "failed";
  problem: Problem | null;
  receipt: Receipt | null;
  runId: string | null;
  createdAt: Date | null;
  /** A question that was asked of several models, none of whose answers has been chosen yet. */
  comparing: boolean;
  feedback: AnswerRated | null;
}

const states = ["complete", "incomplete", "stopped", "failed"] as const;

export function parseMessage({ id, fields }: LiveDocument): Message {
  const parts = readList(fields, "parts");
  const textOf = (type: string) =>
    parts
      .filter((part) => readString(part, "type") === type)
      .map((part) => readString(part, "text") ?? "")
      .join("");
  const state = readString(fields, "state");
  const problem = readFields(fields, "problem");
  return {
    id,
    branchId: readString(fields, "branchId") ?? "main",
    seq: readNumber(fields, "seq") ?? 0,
    role: readString(fields, "role") === "assistant" ? "assistant" : "user",
    text: textOf("text"),
    reasoning: textOf("reasoning"),
    model: readString(fields, "model"),
    state: states.find((known) => known === state) ?? "complete",
    problem: problem && {
      status: readString(problem, "status") ?? "INTERNAL",
      message: readString(problem, "message") ?? t`The answer failed.`,
      details: readFields(problem, "details") as ErrorDetails | null,
    },
    // Written by the backend from the model of the same name.
    receipt: readFields(fields, "receipt") as Receipt | null,
    runId: readString(fields, "runId"),
    createdAt: readDate(fields, "createdAt"),
    comparing: readBoolean(fields, "comparing"),
    // Written by the backend from the model of the same name.
    feedback: readFields(fields, "feedback") as AnswerRated | null,
  };
}

/** The rules allow no more at once. */
export const mostMessages = 5000;

/** The last messages of a stretch, newest first. */
export function stretchTail(
  conversationId: string,
  { branchId, before }: Stretch,
  limit: number,
): LiveSource<readonly Message[]> {
  return liveQuery(
    {
      collection: `conversations/${conversationId}/messages`,
      where: [["branchId", "==", branchId], ...(before === null ? [] : [from(before - 1)])],
      orderBy: [["__name__", "asc"]],
      limit,
    },
    parseMessage,
    joinLongMessages,
  );
}

/**
 * A message that is longer than a document may be lies in several: those that continue it name it
 * and stand beside it. One whose beginning was not read is left out.
 */
export function joinLongMessages(documents: readonly LiveDocument[]): LiveDocument[] {
  const further = documents
    .filter(({ fields }) => readString(fields, "role") === "more")
    .toSorted(
      (a, b) => (readNumber(a.fields, "order") ?? 0) - (readNumber(b.fields, "order") ?? 0),
    );
  const messages = documents.filter(({ fields }) => readString(fields, "role") !== "more");
  if (further.length === 0) return messages;
  return messages.map((message) => {
    const rest = further.filter(({ fields }) => readString(fields, "of") === message.id);
    if (rest.length === 0) return message;
    const parts = [message, ...rest].flatMap(({ fields }) => readList(fields, "parts"));
    return { ...message, fields: { ...message.fields, parts } };
  });
}

const lastSeq = 999_999_999;

/**
 * The ids of messages begin so, in falling order: in theirs, a branch's newest message comes first,
 * and what continues a message comes just before it (`message_ids` in the backend).
 */
function idStart(seq: number): string {
  return String(lastSeq - seq).padStart(9, "0");
}

/** After all ids that begin so: what follows there is a "-" or a "+". */
function idEnd(seq: number): string {
  return `${idStart(seq)}.`;
}

function from(seq: number): ["__name__", ">=", string] {
  return ["__name__", ">=", idStart(seq)];
}

/** Of one message, together. */
const mostDocuments = 20;

/** The message that a branch has under a number: one, or none yet. */
export function messageAt(
  conversationId: string,
  branchId: string,
  seq: number,
): LiveSource<readonly Message[]> {
  return liveQuery(
    {
      collection: `conversations/${conversationId}/messages`,
      where: [["branchId", "==", branchId], from(seq), ["__name__", "<", idEnd(seq)]],
      orderBy: [["__name__", "asc"]],
      limit: mostDocuments,
    },
    parseMessage,
    joinLongMessages,
  );
}

/** One message, wherever in the tree it is; null where there is none. */
export function messageDocument(
  conversationId: string,
  messageId: string,
): LiveSource<Message | null> {
  return liveDocument(`conversations/${conversationId}/messages/${messageId}`, parseMessage);
}

/** What is known of a run from its beginning on. */
export interface RunDocument {
  questionId: string | null;
  answerId: string | null;
  model: string | null;
  /** It goes on with an answer that is stored, of which there are `textStart` UTF-16 units. */
  continues: boolean;
  textStart: number;
}

export function runDocument(runId: string): LiveSource<RunDocument | null> {
  return liveDocument(`runs/${runId}`, ({ fields }) => ({
    questionId: readString(fields, "questionId"),
    answerId: readString(fields, "answerId"),
    model: readString(readFields(fields, "snapshot") ?? {}, "model"),
    continues: readBoolean(fields, "continues"),
    textStart: readNumber(fields, "textStart") ?? 0,
  }));
}

export interface Segment {
  number: number;
  /** Where its text begins in the answer, in UTF-16 units. */
  start: number;
  text: string;
  reasoning: string;
}

export function parseSegment({ id, fields }: LiveDocument): Segment {
  const events = readList(fields, "events");
  const textOf = (type: string) =>
    events
      .filter((event) => readString(event, "type") === type)
      .map((event) => readString(event, "text") ?? "")
      .join("");
  return {
    number: Number.parseInt(id, 10) || 0,
    start: readNumber(fields, "start") ?? 0,
    text: textOf("text-delta"),
    reasoning: textOf("reasoning-delta"),
  };
}

/** What has been written of an answer so far, about once a second; for those who do not stream it. */
export function runSegments(runId: string): LiveSource<readonly Segment[]> {
  return liveQuery({ collection: `runs/${runId}/segments` }, parseSegment);
}
