import type { Problem, Receipt } from "@/contract/contract.gen";
import { liveQuery, type LiveDocument } from "@/firebase/documents";
import { readDate, readFields, readList, readNumber, readString } from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

export interface Message {
  id: string;
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
    seq: readNumber(fields, "seq") ?? 0,
    role: readString(fields, "role") === "assistant" ? "assistant" : "user",
    text: textOf("text"),
    reasoning: textOf("reasoning"),
    model: readString(fields, "model"),
    state: states.find((known) => known === state) ?? "complete",
    problem: problem && {
      status: readString(problem, "status") ?? "INTERNAL",
      message: readString(problem, "message") ?? "The answer failed.",
    },
    // Written by the backend from the model of the same name.
    receipt: readFields(fields, "receipt") as Receipt | null,
    runId: readString(fields, "runId"),
    createdAt: readDate(fields, "createdAt"),
  };
}

/** The last messages of the branch, newest first. */
export function messageTail(conversationId: string, limit: number): LiveSource<readonly Message[]> {
  return liveQuery(
    {
      collection: `conversations/${conversationId}/messages`,
      where: [["branchId", "==", "main"]],
      orderBy: [["seq", "desc"]],
      limit,
    },
    parseMessage,
  );
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
