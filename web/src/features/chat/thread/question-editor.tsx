import { t } from "@lingui/core/macro";
import { useEffect, type KeyboardEvent } from "react";

import { Button } from "@/ui/button";
import { runCommand } from "@/ui/commands";

import { isSendKey, useGrowingField } from "../composer/growing-text";
import { tooLong } from "../composer/text-limit";
import { writeEdit } from "./edits";

/** A stored question being written anew, in its place. Enter asks it, Escape leaves it as it was. */
export function QuestionEditor({
  messageId,
  text,
  isUntouched,
  canSend,
  onSend,
  onCancel,
}: {
  messageId: string;
  text: string;
  /** It reads as it is stored. */
  isUntouched: boolean;
  canSend: boolean;
  onSend: (text: string) => void;
  onCancel: () => void;
}) {
  const field = useGrowingField(text);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [field]);
  const problem = tooLong(text);
  const isReady = text.trim() !== "" && problem === null && canSend;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onCancel();
    } else if (event.key === "ArrowUp" && isUntouched && isAtStart(event.currentTarget)) {
      // Again: the question before it.
      if (runCommand("edit-last-question", messageId)) event.preventDefault();
    } else if (isSendKey(event)) {
      event.preventDefault();
      if (isReady) onSend(text);
    }
  }

  return (
    <form
      aria-label={t`Edit the question`}
      className="w-full rounded-bubble border border-control bg-raised p-2 focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend(text);
      }}
    >
      <textarea
        ref={field}
        aria-label={t`Question`}
        dir="auto"
        rows={1}
        value={text}
        className="block max-h-[45dvh] w-full resize-none bg-transparent px-2 py-1 text-md outline-none"
        onChange={(event) => writeEdit(messageId, event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p role="status" className="px-2 text-sm text-danger not-empty:py-1">
        {problem}
      </p>
      <div className="mt-1 flex justify-end gap-2">
        <Button variant="ghost" onClick={onCancel}>
          {t`Cancel`}
        </Button>
        <Button type="submit" variant="primary" aria-disabled={!isReady}>
          {t`Ask`}
        </Button>
      </div>
    </form>
  );
}

/** Where the caret has no line above it. */
function isAtStart({ value, selectionStart }: HTMLTextAreaElement): boolean {
  return !value.includes("\n") || selectionStart === 0;
}
