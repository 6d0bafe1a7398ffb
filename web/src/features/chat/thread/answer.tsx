import { t } from "@lingui/core/macro";
import { memo } from "react";

import { Markdown } from "@/markdown";
import { ImageConversation } from "@/markdown/image-hosts";
import { CopyButton } from "@/ui/copy-button";
import { useFold } from "@/ui/folds";
import { Toolbar } from "@/ui/toolbar";

import { Pager } from "../branches/pager";
import { AgainMenu } from "./again-menu";
import { Ending } from "./ending";
import type { AnswerEntry, QuestionEntry } from "./entries";
import { Foldable } from "./foldable";
import { MessageMenu } from "./message-menu";
import { PinnedMark } from "./pinned-mark";
import { handoverText, liveHandoverText } from "./receipt-text";
import { Reasoning } from "./reasoning";
import { ReceiptLine } from "./receipt";
import { Refusal } from "./refusal";
import { useThread } from "./thread-context";
import { messageTools, type PagerProps } from "./tools";

/** From here on an answer can be folded. */
const longCharacters = 6_000;

/** `question` is what it answers; null where it can be asked for neither again nor more of it. */
export const Answer = memo(function Answer({
  entry,
  question,
  isLast,
  ...pager
}: PagerProps & {
  entry: AnswerEntry;
  question: QuestionEntry | null;
  /** Only the last answer of a branch can be gone on with. */
  isLast: boolean;
}) {
  const { modelName, onAnswer, conversationId, rating: Rating } = useThread();
  const { text, isWriting, receipt, refused, message, model, seq } = entry;
  const [isFolded, turn] = useFold(entry.key, false);
  const again = question && model !== null ? () => onAnswer(question, model) : null;
  const name = model === null ? t`Model` : modelName(model);
  const rated = message &&
    text !== "" && { conversationId, messageId: message.id, text, stored: message.feedback };
  return (
    <article aria-label={t`Answer`} aria-busy={isWriting} className="group/message py-message">
      <h2 className="sr-only">{t`${name} answered`}</h2>
      <Foldable
        isFolded={isFolded && !isWriting}
        canFold={!isWriting && text.length > longCharacters}
        onTurn={turn}
      >
        <AnswerBody entry={entry} />
      </Foldable>
      <PinnedMark message={message} className="-ms-1.5" />
      {isWriting ? null : <Ending entry={entry} question={question} canContinue={isLast} />}
      {isWriting ? null : (
        <div className="mt-2 flex flex-wrap items-start gap-x-1">
          {receipt ? <ReceiptLine receipt={receipt} modelName={name} onAgain={again} /> : null}
          <div className="-my-1 flex items-center">
            <Toolbar label={t`What to do with this answer`} className={messageTools}>
              {text ? <CopyButton text={text} label={t`Copy answer`} size="small" /> : null}
              {rated ? <Rating.Buttons {...rated} /> : null}
              {/* What comes once the answer is stored has its place before: nothing moves under a hand. */}
              {text && !message ? <span className="w-16 touch:w-22" /> : null}
              {question ? <AgainMenu question={question} model={model} /> : null}
              {message ? (
                <MessageMenu message={message} what="answer" />
              ) : (
                <span className="w-8 touch:w-11" />
              )}
            </Toolbar>
          </div>
        </div>
      )}
      {rated && !isWriting ? <Rating.Reasons {...rated} /> : null}
      {pager.count > 1 ? <Pager what="answer" seq={seq} {...pager} /> : null}
      {refused ? <Refusal turn={refused} /> : null}
    </article>
  );
});

/** What was written, and while it is, what goes on. */
export function AnswerBody({ entry }: { entry: AnswerEntry }) {
  const { modelName, conversationId } = useThread();
  const { text, reasoning, isWriting, isStopping, waiting, handover, receipt } = entry;
  const silent = isWriting && text === "" && reasoning === "";
  const handedOver = isWriting
    ? handover && liveHandoverText(handover, modelName)
    : receipt && handoverText(receipt, modelName);
  return (
    <>
      {handedOver ? <p className="mb-2 text-sm text-warning-ink">{handedOver}</p> : null}
      {reasoning ? <Reasoning entry={entry} /> : null}
      {silent && !waiting ? <Thinking /> : null}
      {text ? (
        <div data-text dir="auto">
          <ImageConversation value={conversationId}>
            <Markdown text={text} />
          </ImageConversation>
        </div>
      ) : null}
      {isWriting && (isStopping || waiting) ? (
        <p className="mt-2 text-sm text-ink-muted">{isStopping ? t`Stopping …` : waiting}</p>
      ) : null}
    </>
  );
}

function Thinking() {
  return (
    <p className="flex h-7 items-center gap-1.5">
      <span className="sr-only">{t`Waiting for the first words`}</span>
      {["", "[animation-delay:160ms]", "[animation-delay:320ms]"].map((delay) => (
        <span
          key={delay}
          aria-hidden
          className={`size-2 animate-pulse rounded-full bg-ink-muted ${delay}`}
        />
      ))}
    </p>
  );
}
