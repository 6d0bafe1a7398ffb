import { createContext, use, type ComponentType } from "react";

import type { AnswerRated, ForkConversation } from "@/contract/contract.gen";

import type { Turn, Wish } from "../stream/turns";
import type { AnswerEntry, QuestionEntry } from "./entries";

export interface ModelOption {
  id: string;
  name: string;
  connectionName: string;
}

/** A stored answer, and what its document says that was thought of it. */
interface RatedAnswer {
  conversationId: string;
  messageId: string;
  text: string;
  stored: AnswerRated | null;
}

/** How answers are rated: buttons among the others, and what is asked below. */
export interface Rating {
  Buttons: ComponentType<RatedAnswer>;
  Reasons: ComponentType<RatedAnswer>;
}

/** What can be done with a message. The same object while an answer grows: words draw only their own message. */
export interface ThreadActions {
  modelName: (id: string) => string;
  models: readonly ModelOption[];
  /** The model that the next question goes to; null where nothing can be asked now. */
  model: string | null;
  onEdit: (question: QuestionEntry, text: string) => void;
  onAnswer: (question: QuestionEntry, model: string, wish?: Wish) => void;
  onContinue: (answer: AnswerEntry, question: QuestionEntry) => void;
  /** Shows an alternative to message number `seq`, by the branch that has it. */
  onOpen: (branchId: string, seq: number) => void;
  onCopy: (scope: ForkConversation["scope"], messageId: string) => void;
  pinned: ReadonlySet<string>;
  onPin: (messageId: string, isPinned: boolean) => void;
  onStop: (turn: Turn) => void;
  onRetry: (turn: Turn) => void;
  onDismiss: (turn: Turn) => void;
  /** Takes a question that was not sent back to where it was typed. */
  onTakeBack: (turn: Turn) => void;
  /** Forgets a question that waits for a connection. */
  onDelete: (turn: Turn) => void;
  onChoose: (question: QuestionEntry, branchId: string) => void;
  conversationId: string;
  rating: Rating;
}

const Context = createContext<ThreadActions | null>(null);
export const ThreadProvider = Context.Provider;

export function useThread(): ThreadActions {
  const actions = use(Context);
  if (!actions) throw new Error("A message is drawn outside of a thread.");
  return actions;
}
