import { t } from "@lingui/core/macro";
import { createFileRoute, Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";

import type { TokenUsage } from "@/contract/contract.gen";
import { personName, usePerson } from "@/features/auth";
import {
  Chat,
  hasStoredDraft,
  mostCompared,
  useFirstQuestion,
  type ChatActions,
  type Outlook,
  type TurnHooks,
} from "@/features/chat";
import {
  chooseAnswer,
  ConversationTitle,
  firstBranch,
  FolderChip,
  FolderLink,
  forkConversation,
  noteAnswerEnded,
  noteBranchMade,
  noteQuestionRefused,
  noteQuestionSent,
  noteTurnEnded,
  openBranch,
  pinMessage,
  useConversation,
  useFolder,
  useIsUnread,
} from "@/features/conversations";
import {
  chooseComparison,
  chooseModel,
  ComparePicker,
  ModelPicker,
  useComparison,
  useModelChoice,
  useModelName,
  useModelOptions,
} from "@/features/models";
import { RatingButtons, RatingReasons } from "@/features/feedback";
import { pinModels, usePreferences } from "@/features/profile";
import { BudgetLine } from "@/features/usage";
import { loadable } from "@/ui/loadable";
import { usePageFocus } from "@/ui/page-focus";
import { PageHeader } from "@/ui/shell";

import { ConversationGone } from "./-conversation-gone";
import { freshId, takeFreshId } from "./-fresh-id";

/** One page for a new chat and a stored one, so that the first question changes the address and nothing else. */
export const Route = createFileRoute("/_workspace/_chat")({
  component: ChatRoute,
});

const FirstHints = loadable(() => import("./-first-hints"));
const rating = { Buttons: RatingButtons, Reasons: RatingReasons };

function ChatRoute() {
  const { conversationId } = useParams({ strict: false });
  const { m: target, folder } = useSearch({ strict: false });
  const [newId, setNewId] = useState(freshId);
  // The fresh id is taken once its first question has been sent: the next new chat needs another.
  const [takenId, setTakenId] = useState<string | null>(null);
  if (conversationId === newId && takenId !== newId) setTakenId(newId);
  if (conversationId === undefined && takenId === newId) setNewId(freshId());
  const id = conversationId ?? newId;
  // Its address changes with the first question; where it begins does not.
  const [begins, setBegins] = useState(folder);
  if (conversationId === undefined && begins !== folder) setBegins(folder);
  return (
    <>
      <ChatPage
        key={id}
        id={id}
        isOpen={conversationId !== undefined}
        target={target ?? null}
        beginsIn={(id === newId && begins) || null}
        leaveFolder={() => setBegins(undefined)}
      />
      <Outlet />
    </>
  );
}

interface ChatPageProps {
  id: string;
  isOpen: boolean;
  target: string | null;
  /** The folder of a new chat. */
  beginsIn: string | null;
  leaveFolder: () => void;
}

function ChatPage({ id, isOpen, target, beginsIn, leaveFolder }: ChatPageProps) {
  const person = usePerson();
  const navigate = useNavigate();
  const firstQuestion = useFirstQuestion(id);
  // A listener on what is not there yet is refused for good, also when it is there.
  const isUnsent = firstQuestion === "sending" || firstQuestion === "takenBack";
  const live = useConversation(id, isOpen && !isUnsent);
  const conversation = live.state === "ready" ? live.value : null;
  const isUnknown = live.state === "ready" && live.value === null;
  const isGone =
    (live.state === "failed" && live.problem.reason === "absent") || (isUnknown && !live.fromCache);
  // A first question that was not accepted: it, or the draft that is left of it.
  const startsAgain =
    (isGone && firstQuestion === "refused") || ((isGone || isUnknown) && hasStoredDraft(id));
  const exists =
    isOpen &&
    !startsAgain &&
    (firstQuestion === null || (firstQuestion === "refused" && conversation !== null));

  const inFolder = conversation ? conversation.folderId : beginsIn;
  const { folder, isGone: isFolderGone } = useFolder(person.uid, inFolder);
  const preferences = usePreferences(person.uid);
  const answeredBy = conversation?.model ?? null;
  const model = useModelChoice(id, answeredBy, preferences?.defaultModel ?? null);
  const modelName = useModelName();
  const models = useModelOptions();
  const comparedWith = useComparison(id);
  const title = conversation?.title ?? (exists ? t`Conversation` : t`New chat`);
  const isUnread = useIsUnread(id);
  const heading = usePageFocus(isUnread ? `● ${title}` : title, id, !isOpen);
  const hooks = useMemo<TurnHooks>(
    () => ({
      onSent(question) {
        noteQuestionSent(question);
        if (question.isNew) {
          takeFreshId();
          void navigate({
            to: "/c/$conversationId",
            params: { conversationId: question.conversationId },
            replace: true,
          });
        }
      },
      onBranch: noteBranchMade,
      onRefused: noteQuestionRefused,
      onEnded(requestId, runId) {
        noteTurnEnded(requestId);
        if (runId) noteAnswerEnded(id, runId);
      },
    }),
    [id, navigate],
  );
  // Each snapshot of the conversation has a list of its own.
  const pinnedIds = conversation?.pinned.join() ?? "";
  const pinnedMessages = useMemo(() => pinnedIds.split(",").filter(Boolean), [pinnedIds]);
  const actions = useMemo<ChatActions>(
    () => ({
      openBranch: (branchId) => openBranch(id, branchId),
      choose: (messageId, branchId) => chooseAnswer(id, messageId, branchId),
      copy(scope, messageId) {
        void forkConversation(id, scope, messageId).then((copy) => {
          if (copy === null) return;
          void navigate({ to: "/c/$conversationId", params: { conversationId: copy } });
        });
      },
      pinned: new Set(pinnedMessages),
      pin: (messageId, isPinned) => pinMessage({ id, pinned: pinnedMessages }, messageId, isPinned),
      rating,
      close: () => void navigate({ to: "/" }),
    }),
    [id, navigate, pinnedMessages],
  );
  const outlook = useCallback(
    (known: Outlook) => <BudgetLine models={models} {...known} />,
    [models],
  );
  const pinned = preferences?.pinnedModels ?? null;
  const modelPicker = useCallback(
    (usage: TokenUsage | null) => (
      <>
        <ModelPicker
          takesCommand
          value={model}
          onChange={(next) => chooseModel(id, next)}
          pinned={pinned}
          onPin={pinModels}
          before={answeredBy ? { model: answeredBy, usage } : null}
        />
        <ComparePicker
          model={model}
          value={comparedWith}
          most={mostCompared - 1}
          onChange={(next) => chooseComparison(id, next)}
        />
      </>
    ),
    [id, model, comparedWith, pinned, answeredBy],
  );
  const onCompared = useCallback(() => chooseComparison(id, []), [id]);

  if (isGone && !startsAgain) return <ConversationGone heading={heading} />;
  if (conversation?.state === "deleted") {
    return <ConversationGone heading={heading} deleted={conversation} />;
  }
  return (
    <>
      <PageHeader>
        {conversation ? (
          <>
            <ConversationTitle conversation={conversation} heading={heading} />
            {folder ? <FolderLink folder={folder} /> : null}
          </>
        ) : (
          <h1 ref={heading} tabIndex={-1} className="sr-only">
            {title}
          </h1>
        )}
      </PageHeader>
      <Chat
        conversationId={id}
        exists={exists}
        isOpening={exists && conversation === null}
        branches={conversation?.branches ?? firstBranch}
        activeBranch={conversation?.activeBranch ?? "main"}
        model={model}
        comparedWith={comparedWith}
        onCompared={onCompared}
        models={models}
        modelName={modelName}
        modelPicker={modelPicker}
        folderId={isFolderGone ? null : beginsIn}
        beforeComposer={
          folder && !conversation ? (
            <FolderChip
              fallback={<div className="mb-2 h-9 touch:h-11" />}
              folder={folder}
              onRemove={() => {
                leaveFolder();
                if (!isOpen) void navigate({ to: "/" });
              }}
            />
          ) : null
        }
        outlook={outlook}
        greeting={greeting(personName(person))}
        hints={<FirstHints uid={person.uid} />}
        target={target}
        hooks={hooks}
        actions={actions}
      />
    </>
  );
}

function greeting(name: string): string {
  const first = name.split(/[\s@]/)[0];
  return first ? t`What are you working on, ${first}?` : t`What are you working on?`;
}
