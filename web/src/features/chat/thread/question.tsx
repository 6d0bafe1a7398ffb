import { t } from "@lingui/core/macro";
import { Pencil } from "lucide-react";
import { memo, useRef } from "react";

import { IconButton } from "@/ui/button";
import { classes } from "@/ui/classes";
import { CopyButton } from "@/ui/copy-button";
import { useFold } from "@/ui/folds";
import { Toolbar } from "@/ui/toolbar";

import { Pager } from "../branches/pager";
import { dropEdit, useEdit, writeEdit } from "./edits";
import type { QuestionEntry } from "./entries";
import { Foldable } from "./foldable";
import { MessageMenu } from "./message-menu";
import { PinnedMark } from "./pinned-mark";
import { QuestionEditor } from "./question-editor";
import { Refusal } from "./refusal";
import { messageTools, type PagerProps } from "./tools";
import { useThread } from "./thread-context";
import { Unsent } from "./unsent";

/** From here on a question, which one has written oneself, is folded at first. */
const longCharacters = 1_500;
const longLines = 16;

export const Question = memo(function Question({
  entry,
  ...pager
}: PagerProps & { entry: QuestionEntry }) {
  const { onEdit, model } = useThread();
  const { text, refused, message, seq } = entry;
  const isLong = text.length > longCharacters || text.split("\n").length > longLines;
  const [isFolded, turn] = useFold(entry.key, true);
  const edit = useEdit(message?.id ?? null);
  const editButton = useRef<HTMLButtonElement>(null);

  function close() {
    if (message) dropEdit(message.id);
    requestAnimationFrame(() => editButton.current?.focus());
  }

  if (message && edit !== null) {
    return (
      <article aria-label={t`Question`} className="py-message">
        <h2 className="sr-only">{t`You asked`}</h2>
        <QuestionEditor
          messageId={message.id}
          text={edit}
          isUntouched={edit === text}
          canSend={model !== null}
          onSend={(next) => {
            dropEdit(message.id);
            onEdit(entry, next.trim());
          }}
          onCancel={close}
        />
      </article>
    );
  }
  return (
    <article aria-label={t`Question`} className="group/message flex flex-col items-end py-message">
      <h2 className="sr-only">{t`You asked`}</h2>
      <div
        data-text
        dir="auto"
        className="max-w-[85%] rounded-bubble rounded-ee-md bg-selected px-4 py-2.5 text-md whitespace-pre-wrap"
      >
        <Foldable isFolded={isLong && isFolded} canFold={isLong} onTurn={turn}>
          {text}
        </Foldable>
      </div>
      {message || pager.count > 1 || !refused ? (
        // What comes once it is stored has its place before: the answer below does not move.
        <div
          className={classes(
            "mt-0.5 flex min-h-8 items-center touch:min-h-11",
            !refused && "-mb-6",
          )}
        >
          {message ? (
            <Toolbar label={t`What to do with this question`} className={messageTools}>
              <IconButton
                ref={editButton}
                label={t`Edit question`}
                size="small"
                onClick={() => writeEdit(message.id, text)}
              >
                <Pencil size={16} aria-hidden />
              </IconButton>
              <CopyButton text={text} label={t`Copy question`} size="small" />
              <MessageMenu message={message} what="question" />
            </Toolbar>
          ) : null}
          <PinnedMark message={message} />
          {pager.count > 1 ? <Pager what="question" seq={seq} {...pager} /> : null}
        </div>
      ) : null}
      {refused?.phase === "waiting" ? <Unsent turn={refused} /> : null}
      {refused?.phase === "refused" ? <Refusal turn={refused} /> : null}
    </article>
  );
});
