/**
 * The turns that this tab knows of beyond what Firestore has shown: questions on their way, answers
 * being written. One store a conversation, outside React, so that an answer goes on while another
 * page is open. A turn goes once the listener shows its messages.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

import type { ChatRequest, Problem, Receipt } from "@/contract/contract.gen";

import type { Message } from "../api/messages";
import type { Branches } from "../branches/tree";
import type { Thinking } from "./thinking";

export type Wish = NonNullable<ChatRequest["wish"]>;

/** What was asked for, whole, so that it can be asked for again. */
export interface Asked {
  action: "ask" | "edit" | "answer" | "continue";
  isNew: boolean;
  /** The folder that a new conversation begins in. */
  folderId?: string | null;
  /** Where the message stands that this is about; of a question: where it is put. */
  branchId: string;
  messageId: string | null;
  text: string | null;
  model: string;
  comparing: boolean;
  /** What another answer is to be. */
  wish?: Wish;
  /** Where the branch begins that this makes; of `continue`: would make, if it cannot go on. */
  fork: { parent: string; seq: number } | null;
}

export interface Turn {
  requestId: string;
  /** Null for a run that was begun elsewhere. */
  asked: Asked | null;
  /** The branch that the answer is on; one that is being made has a name of this tab's until then. */
  branchId: string;
  /** Null where the question is in Firestore already. */
  question: string | null;
  model: string | null;
  /** The last number in the thread when the question was sent. */
  afterSeq: number;
  /**
   * `sending`: not accepted yet; `streaming`: this tab receives the answer; `following`: it is being
   * written and read from Firestore; `ended`: over, waiting for the listener; `refused`: never begun;
   * `waiting`: to be sent when there is a connection.
   */
  phase: "sending" | "streaming" | "following" | "ended" | "refused" | "waiting";
  /** It is in the outbox until the backend has it. */
  isKept: boolean;
  /** It is on its way into the outbox: the page may not yet be left without it. */
  isArriving: boolean;
  /** The person has stopped it, and it has not ended yet. */
  isStopping: boolean;
  runId: string | null;
  questionId: string | null;
  answerId: string | null;
  text: string;
  reasoning: string;
  /** Null where this tab did not see it begin. */
  thinking: Thinking | null;
  /** What is being waited for, such as the next attempt. */
  waiting: string | null;
  /** What of it is said aloud, which does not tell how the seconds pass; null: all of it. */
  announced: string | null;
  /** One model could not, and another one goes on. */
  handover: { from: string; to: string } | null;
  state: Message["state"] | null;
  problem: Problem | null;
  receipt: Receipt | null;
}

export interface Turns {
  turns: readonly Turn[];
  /** The question that was to begin the conversation was taken back: there is nothing of it yet. */
  isTakenBack: boolean;
}

const stores = new Map<string, StoreApi<Turns>>();

export function turnStore(conversationId: string): StoreApi<Turns> {
  let store = stores.get(conversationId);
  if (!store) {
    store = createStore<Turns>(() => ({ turns: [], isTakenBack: false }));
    stores.set(conversationId, store);
  }
  return store;
}

function isFirstSending({ turns }: Turns): boolean {
  return turns.some(
    ({ asked, phase }) => asked?.isNew && (phase === "sending" || phase === "waiting"),
  );
}

/** Waits while the first question of a new chat is under way: until then there is nothing to add to. */
export function firstQuestionSent(conversationId: string): Promise<void> {
  const store = turnStore(conversationId);
  return new Promise((resolve) => {
    if (!isFirstSending(store.getState())) return resolve();
    const stop = store.subscribe((state) => {
      if (isFirstSending(state)) return;
      stop();
      resolve();
    });
  });
}

export function forgetTurns(): void {
  for (const store of stores.values()) store.setState({ turns: [] });
  stores.clear();
}

export function newTurn(known: Pick<Turn, "requestId" | "phase"> & Partial<Turn>): Turn {
  return {
    asked: null,
    branchId: "main",
    question: null,
    model: null,
    afterSeq: -1,
    isKept: false,
    isArriving: false,
    isStopping: false,
    runId: null,
    questionId: null,
    answerId: null,
    text: "",
    reasoning: "",
    thinking: null,
    waiting: null,
    announced: null,
    handover: null,
    state: null,
    problem: null,
    receipt: null,
    ...known,
  };
}

export function findTurn(conversationId: string, requestId: string): Turn | undefined {
  const { turns } = turnStore(conversationId).getState();
  return turns.find((turn) => turn.requestId === requestId);
}

/** The turns of all conversations that are in the outbox. */
export function keptTurns(): [conversationId: string, Turn][] {
  return [...stores].flatMap(([id, store]) =>
    store
      .getState()
      .turns.filter(({ isKept }) => isKept)
      .map((turn): [string, Turn] => [id, turn]),
  );
}

export function putTurn(conversationId: string, turn: Turn): void {
  turnStore(conversationId).setState(({ turns, isTakenBack }) => ({
    turns: [...turns.filter((other) => other.requestId !== turn.requestId), turn],
    isTakenBack: isTakenBack && turn.asked?.isNew !== true,
  }));
}

export function changeTurn(
  conversationId: string,
  requestId: string,
  change: Partial<Turn> | ((turn: Turn) => Partial<Turn>),
): void {
  turnStore(conversationId).setState(({ turns }) => ({
    turns: turns.map((turn) =>
      turn.requestId === requestId
        ? { ...turn, ...(typeof change === "function" ? change(turn) : change) }
        : turn,
    ),
  }));
}

export function dropTurn(conversationId: string, requestId: string): void {
  turnStore(conversationId).setState(({ turns }) => ({
    turns: turns.filter((turn) => turn.requestId !== requestId),
  }));
}

/** Whether an answer is on its way or being written, for all that the turn says. */
export function isUnfinished({ phase }: Turn): boolean {
  return phase === "sending" || phase === "streaming" || phase === "following";
}

/** Whether this tab has the run from its own stream, or is about to know that it does. */
export function isOwn(turn: Turn, runId: string): boolean {
  if (turn.phase === "sending") return true;
  return turn.runId === runId && (turn.phase === "streaming" || turn.phase === "ended");
}

/**
 * Whether a run has ended for all that is known here. The conversation's own document may come after
 * the stream's end or the message, and still name the run as active.
 */
export function isOver(
  runId: string | null,
  turns: readonly Turn[],
  messages: readonly Message[],
): boolean {
  return (
    turns.some((turn) => turn.runId === runId && turn.phase === "ended") ||
    messages.some((message) => message.role === "assistant" && message.runId === runId)
  );
}

/** The run that another tab or device streams, if there is one and it is not over. */
export function followedRun(
  activeRun: string | null,
  turns: readonly Turn[],
  messages: readonly Message[],
): string | null {
  if (activeRun === null || isOver(activeRun, turns, messages)) return null;
  return turns.some((turn) => isOwn(turn, activeRun)) ? null : activeRun;
}

/** Whether the listener shows this question, also before the stream has said which one it is. */
export function showsQuestion(turn: Turn, messages: readonly Message[]): boolean {
  if (turn.question === null) return true;
  if (turn.questionId !== null) return messages.some((message) => message.id === turn.questionId);
  return messages.some(
    ({ role, seq, text }) => role === "user" && seq > turn.afterSeq && text === turn.question,
  );
}

/** Whether the listener shows the answer as this turn's run has left it. */
export function showsAnswer(turn: Turn, messages: readonly Message[]): boolean {
  return (
    turn.runId !== null &&
    messages.some(({ role, runId }) => role === "assistant" && runId === turn.runId)
  );
}

/**
 * Forgets the turns that have nothing left to add: those whose answers the listener shows, and
 * refused ones whose question it has after all, since only the reply to them was lost.
 */
export function forgetShownTurns(conversationId: string, messages: readonly Message[]): void {
  const store = turnStore(conversationId);
  const { turns } = store.getState();
  const remaining = turns.filter((turn) => {
    if (turn.isKept) return true;
    if (turn.phase === "refused") return turn.asked?.fork || !showsQuestion(turn, messages);
    return turn.phase === "streaming" || !showsAnswer(turn, messages);
  });
  if (remaining.length < turns.length) store.setState({ turns: remaining });
}

/** The branches with those that turns are making and the listener does not show yet. */
export function withForks(branches: Branches, turns: readonly Turn[]): Branches {
  const made = turns.flatMap(({ asked, branchId, phase, runId }) =>
    asked?.fork && (phase !== "refused" || asked.comparing) && !(branchId in branches)
      ? [
          [
            branchId,
            {
              parent: asked.fork.parent,
              forkSeq: asked.fork.seq,
              nextSeq: asked.fork.seq + (asked.action === "edit" ? 2 : 1),
              activeRun: runId,
              held: false,
              comparing: asked.comparing,
              createdAt: null,
            },
          ] as const,
        ]
      : [],
  );
  return made.length === 0 ? branches : { ...branches, ...Object.fromEntries(made) };
}
