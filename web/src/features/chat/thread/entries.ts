/** The thread as it is drawn: what Firestore has, and after it what only this tab knows yet. */
import type { Problem, Receipt } from "@/contract/contract.gen";

import type { Message } from "../api/messages";
import { showsAnswer, showsQuestion, type Turn } from "../stream/turns";

export interface QuestionEntry {
  kind: "question";
  key: string;
  text: string;
  /** Set when the question was refused: it can be sent again. */
  refused: Turn | null;
}

export interface AnswerEntry {
  kind: "answer";
  key: string;
  text: string;
  reasoning: string;
  isWriting: boolean;
  waiting: string | null;
  state: Message["state"];
  problem: Problem | null;
  receipt: Receipt | null;
  model: string | null;
}

export type Entry = QuestionEntry | AnswerEntry;

function stored(message: Message): Entry {
  const { id, role, text } = message;
  if (role === "user") return { kind: "question", key: id, text, refused: null };
  const { reasoning, state, problem, receipt, model } = message;
  return {
    kind: "answer",
    key: id,
    text,
    reasoning,
    isWriting: false,
    waiting: null,
    state,
    problem,
    receipt,
    model,
  };
}

const storedEntries = new WeakMap<Message, Entry>();

/** The same message gives the same entry, so that what has not changed is not drawn again. */
function storedEntry(message: Message): Entry {
  let entry = storedEntries.get(message);
  if (!entry) {
    entry = stored(message);
    storedEntries.set(message, entry);
  }
  return entry;
}

function pendingQuestion(turn: Turn): QuestionEntry {
  return {
    kind: "question",
    key: turn.questionId ?? turn.requestId,
    text: turn.question ?? "",
    refused: turn.phase === "refused" ? turn : null,
  };
}

function pendingAnswer(turn: Turn): AnswerEntry {
  return {
    kind: "answer",
    key: turn.answerId ?? `${turn.runId ?? turn.requestId}-answer`,
    text: turn.text,
    reasoning: turn.reasoning,
    isWriting: turn.phase !== "ended",
    waiting: turn.waiting,
    state: turn.state ?? "complete",
    problem: turn.problem,
    receipt: turn.receipt,
    model: turn.receipt?.modelUsed ?? turn.model,
  };
}

/** `messages` newest first, as the query gives them. */
export function threadEntries(messages: readonly Message[], turns: readonly Turn[]): Entry[] {
  const entries = messages.toReversed().map(storedEntry);
  for (const turn of turns) {
    if (!showsQuestion(turn, messages)) entries.push(pendingQuestion(turn));
    if (turn.phase !== "refused" && !showsAnswer(turn, messages)) {
      entries.push(pendingAnswer(turn));
    }
  }
  return entries;
}
