import { Check } from "lucide-react";
import { useEffect, useRef } from "react";

import type { Conversation } from "../api/conversations";
import type { Folder } from "../api/folders";
import { useSelection, type Selection } from "../state/open-selection";
import { endSelecting, extended, neighbour, toggled } from "../state/selection";
import { FolderMark } from "./folder-mark";

const change = (selection: Selection) => useSelection.setState({ selection });

/** A conversation while several are chosen. The list is one stop for Tab; arrows go from row to row. */
export function SelectRow({
  conversation: { id, title },
  folder,
  selection,
  isActive,
  ids,
}: {
  conversation: Conversation;
  folder: Folder | null;
  selection: Selection;
  /** The keyboard is here. */
  isActive: boolean;
  /** Of the whole list. */
  ids: readonly string[];
}) {
  const input = useRef<HTMLInputElement>(null);
  const isNew = useRef(true);
  useEffect(() => {
    const wasNew = isNew.current;
    isNew.current = false;
    if (!isActive) return;
    // At once: the next key is for this row, however soon it comes.
    input.current?.focus();
    if (!wasNew) return;
    // The menu in which choosing began takes the focus back once more.
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isActive]);

  return (
    <label
      title={title}
      className="group relative flex h-row items-center gap-2.5 rounded-control px-2.5 text-sm select-none hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent touch:h-11"
    >
      {/* All of the row: a click on its text with Shift would be for the text. */}
      <input
        ref={input}
        type="checkbox"
        tabIndex={isActive ? 0 : -1}
        checked={selection.chosen.has(id)}
        // The bar lies over the end of what is seen.
        className="absolute inset-0 scroll-mb-16 cursor-pointer opacity-0"
        onChange={({ nativeEvent }) => {
          const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          change(isRange ? extended(selection, id, ids) : toggled(selection, id));
        }}
        onKeyDown={(event) => {
          const { key, shiftKey } = event;
          const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
          const next = neighbour(selection, step, ids);
          if (step !== 0 && next !== undefined) {
            change(shiftKey ? extended(selection, next, ids) : { ...selection, active: next });
          } else if (key === "a" && (event.ctrlKey || event.metaKey)) {
            change({ ...selection, chosen: new Set(ids) });
          } else if (key === "Escape") {
            endSelecting();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span
        aria-hidden
        className="flex size-4 shrink-0 items-center justify-center rounded-md border border-control bg-raised text-accent-ink group-has-checked:border-accent group-has-checked:bg-accent"
      >
        <Check size={12} className="hidden group-has-checked:block" />
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-match-parent">
        {title}
      </span>
      {folder ? <FolderMark folder={folder} /> : null}
    </label>
  );
}
