/** The thread as it is drawn: what Firestore has of the path, and what only this tab knows yet. */
import type { Problem, Receipt, TokenUsage } from "@/contract/contract.gen";

import type { Message } from "../api/messages";
import { showsAnswer, showsQuestion, type Turn } from "../stream/turns";

interface Place {
  key: string;
  branchId: string;
  seq: number;
  /** Null until it is stored. */
  message: Message | null;
  /** What was asked for here and was refused, or waits for a connection. */
  refused: Turn | null;
}

export interface QuestionEntry extends Place {
  kind: "question";
  text: string;
  comparing: boolean;
}

export interface AnswerEntry extends Place {
  kind: "answer";
  text: string;
  reasoning: string;
  thinking: Turn["thinking"];
  isWriting: boolean;
  isStopping: boolean;
  waiting: string | null;
  announced: string | null;
  handover: Turn["handover"];
  state: Message["state"];
  problem: Problem | null;
  receipt: Receipt | null;
  model: string | null;
  /** What writes it. */
  turn: Turn | null;
}

export type Entry = QuestionEntry | AnswerEntry;

/** Who answered, or was asked last: as it is chosen, where `modelUsed` is the provider's own word. */
function modelOf(receipt: Receipt | null): string | null {
  return receipt && (receipt.attempts.at(-1)?.model ?? receipt.modelAsked);
}

function stored(message: Message): Entry {
  const { id, role, text, branchId, seq } = message;
  const place = { key: id, branchId, seq, message, refused: null };
  if (role === "user") return { ...place, kind: "question", text, comparing: message.comparing };
  const { reasoning, state, problem, receipt, model } = message;
  return {
    ...place,
    kind: "answer",
    text,
    reasoning,
    thinking: null,
    isWriting: false,
    isStopping: false,
    waiting: null,
    announced: null,
    handover: null,
    state,
    problem,
    receipt,
    model: modelOf(receipt) ?? model,
    turn: null,
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

function isUnsent({ phase }: Turn): boolean {
  return phase === "refused" || phase === "waiting";
}

function pendingQuestion(turn: Turn, seq: number): QuestionEntry {
  return {
    kind: "question",
    key: turn.questionId ?? turn.requestId,
    branchId: turn.branchId,
    seq,
    message: null,
    text: turn.question ?? "",
    comparing: turn.asked?.comparing ?? false,
    refused: isUnsent(turn) ? turn : null,
  };
}

function pendingAnswer(turn: Turn, seq: number, message: Message | null = null): AnswerEntry {
  return {
    kind: "answer",
    key: turn.answerId ?? `${turn.runId ?? turn.requestId}-answer`,
    branchId: turn.branchId,
    seq,
    message,
    refused: null,
    text: turn.text,
    reasoning: turn.reasoning,
    thinking: turn.thinking,
    isWriting: turn.phase !== "ended",
    isStopping: turn.isStopping,
    waiting: turn.waiting,
    announced: turn.announced,
    handover: turn.handover,
    state: turn.state ?? "complete",
    problem: turn.problem,
    receipt: turn.receipt,
    model: modelOf(turn.receipt) ?? turn.model,
    turn,
  };
}

/** The one entry of a column: its answer as it is written, else as it is stored. */
export function answerEntry(message: Message | null, turn: Turn | null, seq: number): Entry | null {
  if (turn && turn.phase !== "refused" && !(message && showsAnswer(turn, [message]))) {
    return pendingAnswer(turn, seq);
  }
  return message && storedEntry(message);
}

/**
 * `messages` are those of the path, first one first; `turns` those of the branch that it leads to,
 * and those that were refused.
 */
export function threadEntries(
  messages: readonly Message[],
  branchId: string,
  turns: readonly Turn[],
): Entry[] {
  const entries = messages.map(storedEntry);
  for (const turn of turns) {
    const { asked } = turn;
    if (turn.phase === "refused" && asked && asked.messageId !== null) {
      // It stands at the message that it is about.
      const index = entries.findIndex(({ key }) => key === asked.messageId);
      const entry = entries[index];
      if (entry) entries[index] = { ...entry, refused: turn };
      continue;
    }
    if (turn.branchId !== branchId) continue;
    const next = (entries.at(-1)?.seq ?? -1) + 1;
    const asksHere = !showsQuestion(turn, messages);
    if (asksHere) entries.push(pendingQuestion(turn, asked?.fork?.seq ?? next));
    if (isUnsent(turn) || showsAnswer(turn, messages)) continue;
    const goesOn = entries.findIndex(({ key, kind }) => kind === "answer" && key === turn.answerId);
    const known = entries[goesOn];
    if (known) entries[goesOn] = pendingAnswer(turn, known.seq, known.message);
    else entries.push(pendingAnswer(turn, (entries.at(-1)?.seq ?? -1) + 1));
  }
  return entries;
}

/** The question that waits for a choice among its answers: the last one, with nothing after them. */
export function openComparison(entries: readonly Entry[]): QuestionEntry | null {
  const index = entries.findLastIndex(({ kind }) => kind === "question");
  const question = entries[index];
  if (question?.kind !== "question" || !question.comparing || question.refused) return null;
  return question;
}

/** The tokens of the last answer of which they are known. */
export function lastUsageOf(entries: readonly Entry[]): TokenUsage | null {
  const last = entries.findLast((entry) => entry.kind === "answer" && entry.receipt?.usage);
  return last?.kind === "answer" ? (last.receipt?.usage ?? null) : null;
}
