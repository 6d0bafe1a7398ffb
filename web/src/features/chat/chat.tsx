import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";

import { retryLive, useLive } from "@/firebase/live";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { messageTail, type Message } from "./api/messages";
import { Composer, type ComposerHandle } from "./composer/composer";
import { writeDraft } from "./composer/drafts";
import { ask, askAgain, type TurnHooks } from "./stream/ask";
import { useFollowedRun } from "./stream/follow";
import {
  dropTurn,
  forgetShownTurns,
  isOccupied,
  isOver,
  turnStore,
  type Turn,
} from "./stream/turns";
import { threadEntries } from "./thread/entries";
import { Progress } from "./thread/progress";
import { useStickToBottom } from "./thread/stick-to-bottom";
import { Thread } from "./thread/thread";

const pageSize = 60;
const noMessages: readonly Message[] = [];

interface ChatProps {
  conversationId: string;
  /** False until its first question has been accepted. */
  exists: boolean;
  /** True until it is known whether there is such a conversation. */
  isOpening: boolean;
  activeRun: string | null;
  model: string | null;
  modelName: (id: string) => string;
  modelPicker: ReactNode;
  greeting: string;
  hooks: TurnHooks;
}

/** A conversation: its thread and the composer. Keyed by the conversation where it is used. */
export function Chat({
  conversationId,
  exists,
  isOpening,
  activeRun,
  model,
  modelName,
  modelPicker,
  greeting,
  hooks,
}: ChatProps) {
  const [limit, setLimit] = useState(pageSize);
  const source = useMemo(
    () => (exists ? messageTail(conversationId, limit) : null),
    [exists, conversationId, limit],
  );
  const live = useLive(source);
  const messages = live.state === "ready" ? live.value : noMessages;
  const turns = useStore(turnStore(conversationId), (state) => state.turns);
  const unfinishedRun = isOver(activeRun, turns, messages) ? null : activeRun;
  useFollowedRun(conversationId, unfinishedRun, turns);
  useEffect(() => forgetShownTurns(conversationId, messages), [conversationId, messages]);

  const entries = useMemo(() => threadEntries(messages, turns), [messages, turns]);
  const composer = useRef<ComposerHandle>(null);
  const isNew = entries.length === 0 && !exists;
  useEffect(() => {
    // A phone's keyboard would cover half of an empty page.
    if (isNew && matchMedia("(pointer: fine)").matches) composer.current?.focus();
  }, [isNew]);

  const { scroller, content, isAway, jumpToEnd } = useStickToBottom(conversationId);
  const blocked = whyBlocked(isOpening, isOccupied(turns) || unfinishedRun !== null, model);

  const lastSeq = messages[0]?.seq ?? -1;
  const send = useCallback(
    (text: string) => {
      if (model === null) return;
      jumpToEnd();
      void ask({ conversationId, isNew: !exists, text, model, afterSeq: lastSeq }, hooks);
    },
    [conversationId, exists, model, lastSeq, hooks, jumpToEnd],
  );
  const retry = useCallback(
    (turn: Turn) => {
      if (model !== null) void askAgain(conversationId, turn, model, hooks);
    },
    [conversationId, model, hooks],
  );
  const edit = useCallback(
    (turn: Turn) => {
      dropTurn(conversationId, turn.requestId);
      writeDraft(conversationId, turn.question ?? "");
      composer.current?.focus();
    },
    [conversationId],
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="region"
        aria-label="Conversation"
        tabIndex={0}
        className={classes(
          "min-h-0 overflow-y-auto overscroll-contain px-4 [overflow-anchor:none] focus-visible:-outline-offset-2 sm:px-6",
          isNew ? "flex flex-[0.72] flex-col justify-end" : "flex-1",
        )}
      >
        <div ref={content} className="mx-auto w-full max-w-measure">
          {isNew ? (
            <p className="pb-7 text-center text-[1.75rem] leading-tight font-semibold tracking-[-0.02em] text-balance">
              {greeting}
            </p>
          ) : null}
          {exists && live.state === "loading" && entries.length === 0 ? (
            <Skeleton
              label="messages"
              className="pt-6"
              lines={["ms-auto w-2/5", "w-11/12", "w-full", "w-4/5", "w-1/2"]}
            />
          ) : null}
          {live.state === "failed" && source ? (
            <div className="py-6">
              <Notice
                title="The messages could not be loaded."
                actions={<Button onClick={() => retryLive(source)}>Try again</Button>}
              >
                They are safe; only this page does not have them.
              </Notice>
            </div>
          ) : null}
          <Thread
            entries={entries}
            scroller={scroller}
            modelName={modelName}
            canAsk={blocked === null}
            onSend={send}
            onRetry={retry}
            onEdit={edit}
            showOlder={
              live.state === "ready" && live.settled && live.value.length >= limit
                ? () => setLimit(limit + pageSize)
                : null
            }
          />
        </div>
      </div>
      <div className="px-3 pb-3 sm:px-6 sm:pb-5">
        <div className="relative mx-auto w-full max-w-measure">
          {isAway ? (
            <Button
              className="absolute -top-12 left-1/2 -translate-x-1/2 rounded-full shadow-low"
              onClick={jumpToEnd}
            >
              <ArrowDown size={16} aria-hidden />
              Jump to latest
            </Button>
          ) : null}
          <Composer
            ref={composer}
            conversationId={conversationId}
            blocked={blocked}
            onSend={send}
            modelPicker={modelPicker}
          />
        </div>
      </div>
      {isNew ? <div className="flex-1" /> : null}
      <Progress entries={entries} />
    </div>
  );
}

function whyBlocked(isOpening: boolean, isWriting: boolean, model: string | null): string | null {
  if (isOpening) return "The conversation is still being opened. Your text is kept.";
  if (isWriting) return "An answer is still being written here. Your text is kept.";
  return model === null ? "No model is chosen yet. Your text is kept." : null;
}
