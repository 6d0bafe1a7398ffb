import { useLayoutEffect, useMemo, useRef, type RefObject } from "react";

import type { ForkConversation } from "@/contract/contract.gen";
import { hasKept } from "@/contract/outbox";

import { recentBranches } from "./branches/recent";
import { branchToOpen, originOf, type Branches } from "./branches/tree";
import type { ComposerHandle } from "./composer/composer";
import { writeDraft } from "./composer/drafts";
import { ask, askAgain } from "./stream/ask";
import type { TurnHooks } from "./stream/hooks";
import { takeKept } from "./stream/keep";
import { stop } from "./stream/stop";
import { dropTurn, type Asked } from "./stream/turns";
import { writeEdit } from "./thread/edits";
import type { ModelOption, Rating, ThreadActions } from "./thread/thread-context";

/** What the chat needs of the rest of the app: the route gives it. */
export interface ChatActions {
  openBranch: (branchId: string) => void;
  /** Says whether it went well. */
  choose: (messageId: string, branchId: string) => Promise<boolean>;
  copy: (scope: ForkConversation["scope"], messageId: string) => void;
  /** The ids of messages that are always among what the model is sent. */
  pinned: ReadonlySet<string>;
  pin: (messageId: string, isPinned: boolean) => void;
  rating: Rating;
  /** Leaves a conversation in which there is nothing any more. */
  close: () => void;
}

/** What a person can do with the messages, the same object while an answer grows. */
export function useThreadActions({
  conversationId,
  branches,
  model,
  models,
  modelName,
  hooks,
  actions,
  composer,
  onAsked,
  onChosen,
}: {
  conversationId: string;
  branches: Branches;
  model: string | null;
  models: readonly ModelOption[];
  modelName: (id: string) => string;
  hooks: TurnHooks;
  actions: ChatActions;
  composer: RefObject<ComposerHandle | null>;
  onAsked: () => void;
  /** Null takes it back. */
  onChosen: (questionId: string | null) => void;
}): ThreadActions {
  // They change with each snapshot of the conversation, and are read only when something is done.
  const tree = useRef(branches);
  useLayoutEffect(() => {
    tree.current = branches;
  }, [branches]);
  return useMemo(() => {
    const begin = (
      asked: Pick<Asked, "action" | "branchId" | "model" | "fork"> & Partial<Asked>,
      known = {},
    ) => {
      onAsked();
      const defaults = { isNew: false, messageId: null, text: null, comparing: false };
      void ask(conversationId, { ...defaults, ...asked }, known, hooks);
    };
    return {
      modelName,
      models,
      model,
      onEdit({ message, branchId, seq }, text) {
        if (model === null || !message) return;
        const fork = { parent: originOf(tree.current, branchId, seq), seq };
        begin({ action: "edit", branchId, messageId: message.id, text, model, fork });
      },
      onAnswer({ message, branchId, seq }, other, wish) {
        if (!message) return;
        const fork = { parent: branchId, seq: seq + 1 };
        const asked = { branchId, messageId: message.id, model: other, fork };
        begin({ action: "answer", ...asked, ...(wish ? { wish } : {}) });
      },
      onContinue({ message, branchId, text, reasoning, seq }, question) {
        if (model === null || !message) return;
        // What cannot be gone on with is answered again, beside it.
        const fork = { parent: question.branchId, seq };
        begin(
          { action: "continue", branchId, messageId: message.id, model, fork },
          { answerId: message.id, text, reasoning },
        );
      },
      onOpen(branchId, seq) {
        const recent = recentBranches(conversationId);
        actions.openBranch(branchToOpen(tree.current, branchId, seq, recent));
      },
      conversationId,
      rating: actions.rating,
      onCopy: actions.copy,
      pinned: actions.pinned,
      onPin: actions.pin,
      onStop: (turn) => stop(conversationId, turn),
      onRetry(turn) {
        const again = turn.asked?.action === "ask" ? model : turn.model;
        if (again !== null) void askAgain(conversationId, turn, again, hooks);
      },
      onDismiss: (turn) => dropTurn(conversationId, turn.requestId),
      async onTakeBack(turn) {
        const { requestId, asked, question } = turn;
        if (!turn.isKept) dropTurn(conversationId, requestId);
        else if (!(await takeKept(conversationId, turn, hooks))) return;
        if (asked?.action === "edit" && asked.messageId !== null) {
          writeEdit(asked.messageId, question ?? "");
          return;
        }
        writeDraft(conversationId, question ?? "");
        composer.current?.focus();
      },
      async onDelete(turn) {
        if (!(await takeKept(conversationId, turn, hooks))) return;
        if (turn.asked?.isNew && !hasKept(conversationId)) actions.close();
      },
      onChoose({ message }, branchId) {
        if (!message) return;
        onChosen(message.id);
        void actions.choose(message.id, branchId).then((isChosen) => {
          if (!isChosen) onChosen(null);
        });
      },
    };
  }, [conversationId, model, models, modelName, hooks, actions, composer, onAsked, onChosen]);
}
