import { t } from "@lingui/core/macro";
import type { RefObject } from "react";
import type { VirtualizerHandle } from "virtua";

import { runCommand, useCommand } from "@/ui/commands";
import { notify } from "@/ui/notify";

import { readDraft, writeDraft } from "../composer/drafts";
import { dropEdit, writeEdit } from "./edits";
import type { Entry } from "./entries";
import { quoted, selectedText } from "./quote";
import { focusMessage, type Reveal } from "./reveal";

/** What the keys do in a thread. */
export function useThreadCommands({
  conversationId,
  entries,
  scroller,
  virtualizer,
  reveal,
}: {
  conversationId: string;
  entries: readonly Entry[];
  scroller: RefObject<HTMLElement | null>;
  virtualizer: RefObject<VirtualizerHandle | null>;
  reveal: Reveal;
}): void {
  function step(by: -1 | 1) {
    const at = indexInFocus(scroller.current, entries) ?? indexAtTop(virtualizer.current);
    const next = entries[Math.min(Math.max(at + by, 0), entries.length - 1)];
    if (next) reveal(next.key, focusMessage);
  }
  useCommand("previous-message", () => step(-1));
  useCommand("next-message", () => step(1));

  const last = entries.findLast(({ kind, text }) => kind === "answer" && text !== "");
  const copy = () => {
    navigator.clipboard.writeText(last?.text ?? "").then(
      () => notify(t`The last answer was copied.`),
      () => notify(t`The browser did not allow copying.`),
    );
  };
  useCommand("copy-last-answer", last ? copy : null);

  const stored = entries.filter(({ kind, message }) => kind === "question" && message !== null);
  useCommand(
    "edit-last-question",
    stored.length === 0
      ? null
      : (after) => {
          const index = stored.findIndex(({ message }) => message?.id === after);
          const question = after === "" ? stored.at(-1) : stored[index - 1];
          if (!question?.message) return;
          if (after !== "") dropEdit(after);
          writeEdit(question.message.id, question.text);
          reveal(question.key);
        },
  );

  useCommand("quote", () => {
    const text = selectedText(scroller.current);
    if (text === "") return;
    writeDraft(conversationId, quoted(text, readDraft(conversationId)));
    runCommand("focus-composer");
  });
}

function indexInFocus(root: HTMLElement | null, entries: readonly Entry[]): number | null {
  const focused = document.activeElement;
  if (!root || !focused || !root.contains(focused)) return null;
  const key = focused.closest<HTMLElement>("[data-entry]")?.dataset["entry"];
  const index = entries.findIndex((entry) => entry.key === key);
  return index === -1 ? null : index;
}

/** The one that fills the upper part of the screen. */
function indexAtTop(virtualizer: VirtualizerHandle | null): number {
  if (!virtualizer) return 0;
  return virtualizer.findItemIndex(virtualizer.scrollOffset + virtualizer.viewportSize / 3);
}
