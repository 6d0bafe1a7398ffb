import { t } from "@lingui/core/macro";
import { ArrowUp } from "lucide-react";
import { useCallback, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";

import { Button } from "@/ui/button";
import { useCommand } from "@/ui/commands";
import { Dialog } from "@/ui/dialog";

import { isSendKey } from "./growing-text";

/** The draft on the whole page, with the composer's keys; Escape goes back, with the caret where it was. */
export default function LargeEditor({
  text,
  said,
  canSend,
  sendLabel,
  small,
  onChange,
  onSend,
  onClose,
  children,
}: {
  text: string;
  /** Why it cannot be sent, or is back here. */
  said: string | null;
  canSend: boolean;
  sendLabel: string;
  /** The composer's own field, with the same text. */
  small: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  onSend: () => void;
  onClose: () => void;
  /** What is said below the field. */
  children: ReactNode;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const begin = useCallback(
    (element: HTMLTextAreaElement | null) => {
      field.current = element;
      moveCaret(small.current, element);
    },
    [small],
  );
  function close() {
    moveCaret(field.current, small.current);
    onClose();
  }
  useCommand("open-editor", close);

  function onKeyDown(event: KeyboardEvent) {
    if (!isSendKey(event)) return;
    event.preventDefault();
    onSend();
  }

  return (
    <Dialog
      whole
      open
      title={t`Write a message`}
      finalFocus={small}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
    >
      <textarea
        ref={begin}
        aria-label={t`Message`}
        placeholder={t`Ask anything`}
        dir="auto"
        value={text}
        className="mx-auto min-h-0 w-full max-w-page flex-1 resize-none rounded-card border border-control bg-transparent px-4.5 py-3.5 text-md outline-none focus:border-accent"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="mx-auto w-full max-w-page pt-2">
        <p role="status" className="text-sm text-ink-muted not-empty:pb-2">
          {said}
        </p>
        <div className="flex items-center justify-between gap-3">
          <div className="min-w-0">{children}</div>
          <Button variant="primary" aria-disabled={!canSend} onClick={onSend}>
            <ArrowUp size={16} aria-hidden />
            {sendLabel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function moveCaret(from: HTMLTextAreaElement | null, to: HTMLTextAreaElement | null): void {
  if (!from || !to) return;
  to.setSelectionRange(from.selectionStart, from.selectionEnd, from.selectionDirection);
}
