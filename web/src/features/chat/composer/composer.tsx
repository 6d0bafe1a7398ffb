import { t } from "@lingui/core/macro";
import { ArrowUp, ListPlus, Maximize2, Square } from "lucide-react";
import {
  memo,
  useImperativeHandle,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from "react";

import { wake } from "@/firebase/wake";
import { IconButton } from "@/ui/button";
import { runCommand, useCommand } from "@/ui/commands";
import { loadable } from "@/ui/loadable";

import { takeDraft, useDraft, writeDraft } from "./drafts";
import { isSendKey, useGrowingField } from "./growing-text";
import { tooLong } from "./text-limit";

const LargeEditor = loadable(() => import("./large-editor"));

export interface ComposerHandle {
  focus: () => void;
}

/** What the answer at the end of the thread is doing. */
export interface Writing {
  isStopping: boolean;
  /** Null until there is something that can be stopped. */
  onStop: (() => void) | null;
}

/**
 * Where questions are typed. What is typed lives in the conversation's draft and in this component
 * alone: a key draws nothing else again.
 */
export const Composer = memo(function Composer({
  conversationId,
  blocked,
  writing,
  sendLabel,
  onSend,
  modelPicker,
  outlook,
  ref,
}: {
  conversationId: string;
  /** Why a question cannot be sent now; the text stays. */
  blocked: string | null;
  /** Set while an answer is written: it can be stopped, and questions wait for it. */
  writing: Writing | null;
  sendLabel: string;
  onSend: (text: string) => void;
  modelPicker: ReactNode;
  /** Says below the field what sending so many characters will take; drawn again with each key. */
  outlook?: (characters: number) => ReactNode;
  ref?: Ref<ComposerHandle>;
}) {
  const { text, note } = useDraft(conversationId);
  const field = useGrowingField(text);
  const isEmpty = text.trim() === "";
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [field]);
  useCommand("focus-composer", () => field.current?.focus());
  const [isLarge, setLarge] = useState(false);
  const open = () => setLarge(true);
  // Pressed again, they are the editor's own.
  useCommand("open-editor", isLarge ? null : open);

  const problem = tooLong(text);
  const refusal = problem ?? blocked;
  // Told why it was not, for as long as that holds.
  const [unsent, setUnsent] = useState<string | null>(null);
  const said = problem ?? (text === unsent ? blocked : null) ?? note;
  function send() {
    if (isEmpty) return;
    if (refusal !== null) {
      setUnsent(text);
      return;
    }
    setLarge(false);
    takeDraft(conversationId);
    onSend(text);
  }
  const stop = writing && !writing.isStopping ? writing.onStop : null;
  const forecast = outlook?.(text.trim().length);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && stop && !event.nativeEvent.isComposing) {
      event.preventDefault();
      stop();
    }
    if (event.key === "ArrowUp" && text === "" && runCommand("edit-last-question")) {
      event.preventDefault();
    }
    if (!isSendKey(event)) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      aria-label={t`Question`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p role="status" className="px-3 text-sm text-ink-muted not-empty:pb-2">
        {said}
      </p>
      <div className="rounded-bubble border border-control bg-raised shadow-low focus-within:border-accent">
        <textarea
          ref={field}
          aria-label={t`Message`}
          placeholder={writing ? t`Ask something to follow` : t`Ask anything`}
          dir="auto"
          rows={1}
          value={text}
          className="block max-h-[45dvh] w-full resize-none bg-transparent px-4.5 pt-3.5 pb-1 text-md outline-none"
          onChange={(event) => writeDraft(conversationId, event.target.value)}
          onFocus={() => wake("chat")}
          onKeyDown={onKeyDown}
        />
        <div className="@container flex items-center justify-between gap-2 p-2 pt-0">
          <div className="flex min-w-0 items-center">{modelPicker}</div>
          <div className="flex items-center gap-1">
            <IconButton label={t`Write on the whole page`} onClick={open}>
              <Maximize2 size={16} aria-hidden />
            </IconButton>
            {writing && !isEmpty ? (
              <IconButton
                label={t`Send after this answer`}
                type="submit"
                aria-disabled={refusal !== null}
              >
                <ListPlus size={18} aria-hidden className="rtl:-scale-x-100" />
              </IconButton>
            ) : null}
            {writing ? (
              <IconButton
                label={writing.isStopping ? t`Stopping` : t`Stop`}
                tone="accent"
                aria-disabled={stop === null}
                aria-keyshortcuts="Escape"
                onClick={(event) => {
                  // The second click of a double one was meant for Send, which stood here before.
                  if (event.detail < 2) stop?.();
                }}
              >
                <Square size={14} fill="currentColor" aria-hidden />
              </IconButton>
            ) : (
              <IconButton
                label={sendLabel}
                type="submit"
                aria-disabled={isEmpty || refusal !== null}
                tone="accent"
              >
                <ArrowUp size={18} aria-hidden />
              </IconButton>
            )}
          </div>
        </div>
      </div>
      {forecast}
      {isLarge ? (
        <LargeEditor
          text={text}
          said={said}
          canSend={!isEmpty && refusal === null}
          sendLabel={writing ? t`Send after this answer` : sendLabel}
          small={field}
          onChange={(next) => writeDraft(conversationId, next)}
          onSend={send}
          onClose={() => setLarge(false)}
        >
          {forecast}
        </LargeEditor>
      ) : null}
    </form>
  );
});
