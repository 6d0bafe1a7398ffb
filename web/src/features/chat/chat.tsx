import { t } from "@lingui/core/macro";
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from "react";

import type { TokenUsage } from "@/contract/contract.gen";
import { classes } from "@/ui/classes";
import { loadable } from "@/ui/loadable";
import { Skeleton } from "@/ui/skeleton";

import type { Branches } from "./branches/tree";
import { Columns } from "./columns";
import { Composer, type ComposerHandle } from "./composer/composer";
import { writeDraft } from "./composer/drafts";
import { sendLabel } from "./composer/send-label";
import type { Outlook } from "./composer/outlook";
import { whyBlocked } from "./composer/why-blocked";
import { addToQueue } from "./queue/queue";
import { ask, askLater } from "./stream/ask";
import type { TurnHooks } from "./stream/hooks";

import { LoadFailed } from "./thread/load-failed";
import { preloadThread, Thread } from "./thread/loaded-thread";
import { Progress } from "./thread/progress";
import { lastUsageOf } from "./thread/entries";
import { useReadingPlace } from "./thread/reading-place";
import type { ModelOption } from "./thread/thread-context";
import { useThreadActions, type ChatActions } from "./use-actions";
import { useChat } from "./use-chat";
import { useQueue } from "./use-queue";

const loadCompare = () => import("./stream/compare");
const JumpToLatest = loadable(() => import("./thread/jump-to-latest"));
const Starters = loadable(() => import("./composer/starters"));
const Comparison = loadable(() => import("./thread/comparison"));
const BranchQueue = loadable(() => import("./queue/branch-queue"));
const FollowedRun = loadable(() => import("./stream/followed-run"));

/** What a new chat does without until something is asked in it. */
export const preloadChat = () =>
  Promise.all([preloadThread(), loadCompare(), Comparison.preload(), BranchQueue.preload()]);

interface ChatProps {
  conversationId: string;
  /** False until its first question has been accepted. */
  exists: boolean;
  /** True until it is known whether there is such a conversation. */
  isOpening: boolean;
  branches: Branches;
  activeBranch: string;
  model: string | null;
  /** The models beside that one which the next question is to be compared with. */
  comparedWith: readonly string[];
  onCompared: () => void;
  models: readonly ModelOption[];
  modelName: (id: string) => string;
  /** Is told what the last answer was made of. */
  modelPicker: (lastUsage: TokenUsage | null) => ReactNode;
  /** The folder that a new conversation begins in. */
  folderId: string | null;
  /** Stands over the composer. */
  beforeComposer: ReactNode;
  /** Says below the composer what the next question will take. */
  outlook: (known: Outlook) => ReactNode;
  greeting: string;
  /** What is said below the ways to begin. */
  hints: ReactNode;
  /** The message that the address names. */
  target: string | null;
  hooks: TurnHooks;
  actions: ChatActions;
}

/** A conversation: its thread and the composer. Keyed by the conversation where it is used. */
export function Chat(props: ChatProps) {
  const { conversationId, exists, folderId, isOpening, model, modelName, modelPicker } = props;
  const { greeting, hooks, outlook: outlookOf } = props;
  const chat = useChat(conversationId, exists, props.branches, props.activeBranch);
  const { branches, branchId, entries, comparison, writing, messages, turns, setChosen } = chat;
  const waiting = useQueue(conversationId, exists, branches, branchId, messages, turns);
  const composer = useRef<ComposerHandle>(null);
  const isNew = entries.length === 0 && !exists;
  useEffect(() => {
    // It comes while Firestore does, so that no message waits for it; a new chat has none yet.
    if (!exists) return;
    preloadThread().catch(() => {
      // It is fetched again when it is drawn.
    });
  }, [exists]);
  useEffect(() => {
    // A phone's keyboard would cover half of an empty page.
    if (isNew && matchMedia("(pointer: fine)").matches) composer.current?.focus();
  }, [isNew]);

  const [reading, isAway] = useReadingPlace();
  const { scroller, content, room, showAsked, jumpToEnd } = reading;
  const thread = useThreadActions({
    ...props,
    branches,
    composer,
    onAsked: showAsked,
    onChosen: setChosen,
  });
  const blocked = whyBlocked(isOpening, comparison !== null, model);
  const { onCompared, comparedWith: wanted } = props;
  const comparedWith = useMemo(() => wanted.filter((id) => id !== model), [wanted, model]);

  // What the composer is given stays the same while words come: it is not drawn again with each.
  const lastUsage = useMemo(() => lastUsageOf(entries), [entries]);
  const picker = useMemo(() => modelPicker(lastUsage), [modelPicker, lastUsage]);
  const { isBusy } = chat;
  const outlook = useCallback(
    (characters: number) => {
      const asked = model === null ? [] : [model, ...comparedWith];
      return outlookOf({ asked, characters, lastUsage, isBusy });
    },
    [outlookOf, model, comparedWith, lastUsage, isBusy],
  );

  const last = entries.at(-1);
  const afterSeq = last?.seq ?? -1;
  const nextSeq = Math.max(branches[branchId]?.nextSeq ?? 0, afterSeq + 1);
  const endedEarly = last?.kind === "answer" && ["stopped", "failed"].includes(last.state);
  const isHeld =
    !chat.isBusy &&
    (branches[branchId]?.held === true || endedEarly || waiting.some(({ problem }) => problem));
  const mustWait = chat.isBusy || waiting.length > 0;
  const unsent = turns.filter(({ isKept }) => isKept);
  const isUnsent = unsent.length > 0;
  const isBegun = exists || unsent.some(({ asked }) => asked?.isNew);
  const send = useCallback(
    (text: string) => {
      if (model === null) return;
      showAsked();
      const place = { isNew: !isBegun, folderId, branchId };
      const asked = { ...place, text, model, messageId: null, comparing: false, fork: null };
      if ((!navigator.onLine && comparedWith.length === 0) || isUnsent) {
        void askLater(conversationId, { action: "ask", ...asked }, { afterSeq }, hooks);
        return;
      }
      if (mustWait) {
        void addToQueue(conversationId, { branchId, text, model });
        return;
      }
      if (comparedWith.length > 0) {
        const question = { ...place, text, models: [model, ...comparedWith] };
        void loadCompare().then(
          ({ compare }) => compare(conversationId, question, { seq: nextSeq, afterSeq }, hooks),
          () => writeDraft(conversationId, text),
        );
        onCompared();
        return;
      }
      void ask(conversationId, { action: "ask", ...asked }, { afterSeq }, hooks);
    },
    [
      conversationId,
      isBegun,
      folderId,
      branchId,
      model,
      comparedWith,
      isUnsent,
      mustWait,
      afterSeq,
      nextSeq,
      hooks,
      showAsked,
      onCompared,
    ],
  );

  return (
    <Columns thread={thread} entries={entries}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div
          ref={scroller}
          role="region"
          aria-label={t`Conversation`}
          tabIndex={0}
          className={classes(
            "min-h-0 overflow-y-auto overscroll-contain px-4 [overflow-anchor:none] focus-visible:-outline-offset-2 sm:px-6",
            isNew ? "flex flex-[0.72] flex-col justify-end" : "flex-1",
          )}
        >
          <div ref={content} className="w-full">
            {isNew ? (
              <p className="pb-7 text-center text-2xl font-semibold text-balance max-sm:text-3xl">
                {greeting}
              </p>
            ) : null}
            {exists && chat.state === "loading" && entries.length === 0 ? (
              <Skeleton
                label={t`messages`}
                className="mx-auto max-w-measure pt-6"
                lines={["ms-auto w-2/5", "w-11/12", "w-full", "w-4/5", "w-1/2"]}
              />
            ) : null}
            {chat.state === "failed" ? <LoadFailed onRetry={chat.retry} /> : null}
            {entries.length > 0 ? (
              <Thread
                conversationId={conversationId}
                entries={entries}
                branches={branches}
                branchId={branchId}
                place={reading}
                target={props.target}
                isBusy={chat.isBusy}
                isAway={isAway}
                showOlder={chat.showOlder}
              />
            ) : null}
            {comparison ? (
              <div className="mx-auto max-w-wide">
                <Comparison
                  fallback={<Skeleton label={t`answers`} lines={["w-11/12", "w-4/5"]} />}
                  conversationId={conversationId}
                  question={comparison}
                  branches={branches}
                  turns={turns}
                  known={messages}
                />
              </div>
            ) : null}
          </div>
          <div ref={room} aria-hidden />
        </div>
        <div className="relative px-3 pb-3 before:pointer-events-none before:absolute before:start-0 before:end-4 before:bottom-full before:h-4 before:bg-linear-to-t before:from-canvas sm:px-6 sm:pb-5">
          <div className="relative mx-auto w-full max-w-measure">
            {isAway ? <JumpToLatest entries={entries} onJump={jumpToEnd} /> : null}
            {waiting.length > 0 ? (
              <BranchQueue
                conversationId={conversationId}
                branchId={branchId}
                waiting={waiting}
                isHeld={isHeld}
                modelName={modelName}
                onTakenBack={() => composer.current?.focus()}
              />
            ) : null}
            {props.beforeComposer}
            <Composer
              ref={composer}
              conversationId={conversationId}
              blocked={blocked}
              writing={writing}
              sendLabel={sendLabel(comparedWith.length + 1)}
              onSend={send}
              modelPicker={picker}
              outlook={outlook}
            />
          </div>
        </div>
        {isNew ? (
          <div className="min-h-0 flex-1 overflow-y-auto px-3 pt-2 sm:px-6">
            <Starters conversationId={conversationId} />
            {props.hints}
          </div>
        ) : null}
        {chat.followed === null ? null : (
          <FollowedRun
            conversationId={conversationId}
            branchId={branchId}
            runId={chat.followed}
            messages={messages}
          />
        )}
        <Progress isWriting={chat.isBusy} isStopping={writing?.isStopping ?? false} last={last} />
      </div>
    </Columns>
  );
}
