import { t } from "@lingui/core/macro";
import { Square } from "lucide-react";
import { useEffect, useMemo } from "react";

import { useLive } from "@/firebase/live";
import { formatNumber } from "@/i18n/format";
import { Button } from "@/ui/button";

import { messageAt, type Message } from "../api/messages";
import { columnsAt, type Branches } from "../branches/tree";
import { useFollowedRun } from "../stream/follow";
import { followedRun, forgetShownTurns, type Turn } from "../stream/turns";
import { AnswerBody } from "./answer";
import { Ending } from "./ending";
import { answerEntry, type AnswerEntry, type QuestionEntry } from "./entries";
import { ReceiptLine } from "./receipt";
import { Refusal } from "./refusal";
import { useThread } from "./thread-context";

/** The answers of several models to one question, side by side, until one is chosen. */
export default function Comparison({
  conversationId,
  question,
  branches,
  turns,
  known,
}: {
  conversationId: string;
  question: QuestionEntry;
  branches: Branches;
  turns: readonly Turn[];
  /** What the path has, of which one column is a part. */
  known: readonly Message[];
}) {
  const seq = question.seq + 1;
  const columns = columnsAt(branches, question.branchId, seq);
  return (
    <section aria-label={t`Comparison`} className="py-3">
      <h2 className="sr-only">{t`${{ count: formatNumber(columns.length) }} answers to compare`}</h2>
      <ul className="relative -mx-4 grid snap-x snap-mandatory auto-cols-[minmax(min(--spacing(70),85%),1fr)] grid-flow-col gap-3 overflow-x-auto overscroll-x-contain px-4 pb-2 sm:-mx-6 sm:snap-none sm:px-6">
        {columns.map((branchId) => (
          <Column
            key={columnKey(branchId, turns)}
            conversationId={conversationId}
            question={question}
            branchId={branchId}
            activeRun={branches[branchId]?.activeRun ?? null}
            seq={seq}
            turns={turns}
            known={known}
          />
        ))}
      </ul>
    </section>
  );
}

/** A column stays the same when its branch gets its name. */
function columnKey(branchId: string, turns: readonly Turn[]): string {
  const turn = turns.find((one) => one.branchId === branchId && one.asked?.comparing);
  return turn?.requestId ?? branchId;
}

function Column({
  conversationId,
  question,
  branchId,
  activeRun,
  seq,
  turns,
  known,
}: {
  conversationId: string;
  question: QuestionEntry;
  branchId: string;
  activeRun: string | null;
  seq: number;
  turns: readonly Turn[];
  known: readonly Message[];
}) {
  const { modelName } = useThread();
  const isStored = question.message !== null && !branchId.startsWith("new-");
  const source = useMemo(
    () => (isStored ? messageAt(conversationId, branchId, seq) : null),
    [isStored, conversationId, branchId, seq],
  );
  const live = useLive(source);
  const messages = useMemo(
    () =>
      live.state === "ready" && live.value.length > 0
        ? live.value
        : // Its turn goes as soon as the path has the answer, which may be before this listener has it.
          known.filter((message) => message.branchId === branchId && message.seq === seq),
    [live, known, branchId, seq],
  );
  const followed = followedRun(activeRun, turns, messages);
  useFollowedRun(conversationId, branchId, followed, messages);
  useEffect(() => {
    if (messages.length > 0) forgetShownTurns(conversationId, messages);
  }, [conversationId, messages]);

  const turn = turns.find((one) => one.branchId === branchId) ?? null;
  const entry = answerEntry(messages[0] ?? null, turn, seq);
  const answer = entry?.kind === "answer" ? entry : null;
  const model = answer?.model ?? turn?.model ?? null;
  const name = model === null ? t`Model` : modelName(model);
  return (
    <li className="flex min-w-0 snap-center flex-col rounded-card border border-line bg-raised">
      <article
        aria-label={t`Answer of ${name}`}
        aria-busy={answer?.isWriting ?? true}
        className="flex min-h-0 flex-1 flex-col"
      >
        <h3 className="truncate border-b border-line px-4 py-2.5 text-sm font-semibold">{name}</h3>
        <div className="flex-1 px-4 py-3">
          {turn?.phase === "refused" && !answer ? <Refusal turn={turn} /> : null}
          {answer ? <AnswerBody entry={answer} /> : null}
          {answer && !answer.isWriting ? (
            <Ending entry={answer} question={null} canContinue={false} />
          ) : null}
        </div>
        {answer ? (
          <Foot question={question} answer={answer} branchId={branchId} name={name} />
        ) : null}
      </article>
    </li>
  );
}

function Foot({
  question,
  answer,
  branchId,
  name,
}: {
  question: QuestionEntry;
  answer: AnswerEntry;
  branchId: string;
  name: string;
}) {
  const { onChoose, onStop } = useThread();
  const { isWriting, isStopping, receipt, turn, text } = answer;
  if (isWriting) {
    return (
      <div className="px-4 pb-3">
        <Button
          aria-label={t`Stop ${name}`}
          aria-disabled={isStopping || !turn}
          onClick={() => {
            if (turn) onStop(turn);
          }}
        >
          <Square size={14} aria-hidden />
          {t`Stop`}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2 px-4 pb-3">
      {receipt ? <ReceiptLine receipt={receipt} modelName={name} /> : null}
      {text !== "" && question.message ? (
        <Button onClick={() => onChoose(question, branchId)}>
          <span className="truncate">{t`Go on with ${name}`}</span>
        </Button>
      ) : null}
    </div>
  );
}
