import { ArrowUp } from "lucide-react";
import {
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from "react";

import { IconButton } from "@/ui/button";
import { useOnline } from "@/ui/online";

import { takeDraft, useDraft, writeDraft } from "./drafts";

const maxLength = 100_000;

export interface ComposerHandle {
  focus: () => void;
}

/**
 * Where questions are typed. What is typed lives in the conversation's draft and in this component
 * alone: a key draws nothing else again.
 */
export function Composer({
  conversationId,
  blocked,
  onSend,
  modelPicker,
  ref,
}: {
  conversationId: string;
  /** Why a question cannot be sent now; the text stays. */
  blocked: string | null;
  onSend: (text: string) => void;
  modelPicker: ReactNode;
  ref?: Ref<ComposerHandle>;
}) {
  const { text, note } = useDraft(conversationId);
  const online = useOnline();
  const field = useRef<HTMLTextAreaElement>(null);
  const isEmpty = text.trim() === "";
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
    // The height follows what is typed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [text]);

  const refusal = online
    ? blocked
    : "You are offline. The text is kept; send it when you are back.";
  function send() {
    if (isEmpty) return;
    if (refusal !== null) {
      writeDraft(conversationId, text, refusal);
      return;
    }
    takeDraft(conversationId);
    onSend(text);
  }

  function onKeyDown(event: KeyboardEvent) {
    // keyCode 229: Safari ends a composition before the key that ended it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    if (event.nativeEvent.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      aria-label="Question"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p role="status" className="px-3 text-sm text-ink-muted not-empty:pb-2">
        {note}
      </p>
      <div className="rounded-[1.375rem] border border-control bg-raised shadow-low focus-within:border-accent focus-within:outline-1 focus-within:outline-accent">
        <textarea
          ref={field}
          aria-label="Message"
          placeholder="Ask anything"
          dir="auto"
          rows={1}
          value={text}
          maxLength={maxLength}
          className="block max-h-[45dvh] w-full resize-none bg-transparent px-4.5 pt-3.5 pb-1 text-[1rem] leading-relaxed outline-none placeholder:text-ink-muted"
          onChange={(event) => writeDraft(conversationId, event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="flex items-center justify-between gap-2 p-2 pt-0">
          {modelPicker}
          <IconButton
            label="Send"
            type="submit"
            aria-disabled={isEmpty || refusal !== null}
            tone="accent"
          >
            <ArrowUp size={18} aria-hidden />
          </IconButton>
        </div>
      </div>
    </form>
  );
}
