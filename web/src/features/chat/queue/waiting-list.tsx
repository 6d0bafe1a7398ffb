import { plural, t } from "@lingui/core/macro";
import { ArrowDown, ArrowUp, GripVertical, Pencil, X } from "lucide-react";
import { useState, type DragEvent } from "react";

import { useProblemText } from "@/contract/use-problem-text";
import { Button, IconButton } from "@/ui/button";
import { classes } from "@/ui/classes";

import type { Waiting } from "./queue";

/** The questions that wait for the answer that is being written, in the order in which they are asked. */
export default function WaitingList({
  waiting,
  isHeld,
  modelName,
  onSend,
  onEdit,
  onRemove,
  onMove,
}: {
  waiting: readonly Waiting[];
  /** Nothing is being written, and they wait for a word. */
  isHeld: boolean;
  modelName: (id: string) => string;
  onSend: () => void;
  onEdit: (waiting: Waiting) => void;
  onRemove: (waiting: Waiting) => void;
  /** `before`: the one that it is put before; null for the end. */
  onMove: (waiting: Waiting, before: string | null) => void;
}) {
  const [dragged, setDragged] = useState<Waiting | null>(null);
  const count = waiting.length;
  return (
    <section
      aria-label={t`Waiting questions`}
      className="mb-2 overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="flex min-h-10 items-center justify-between gap-3 ps-4 pe-1.5">
        <p className="text-xs text-ink-muted" role="status">
          {isHeld
            ? plural(count, {
                one: "# question waits: the last answer was not finished.",
                other: "# questions wait: the last answer was not finished.",
              })
            : plural(count, {
                one: "# question waits for the answer above.",
                other: "# questions wait for the answer above.",
              })}
        </p>
        {isHeld ? (
          <Button className="my-1.5" onClick={onSend}>
            {t`Send now`}
          </Button>
        ) : null}
      </div>
      <ol className="max-h-[30dvh] overflow-y-auto">
        {waiting.map((one, index) => (
          <Row
            key={one.id}
            waiting={one}
            model={modelName(one.model)}
            isDragged={dragged?.id === one.id}
            onDragStart={() => setDragged(one)}
            onDragEnd={() => setDragged(null)}
            onDrop={() => {
              if (!dragged || dragged.id === one.id) return;
              const from = waiting.findIndex(({ id }) => id === dragged.id);
              // Dropped on one that came later, it takes the place behind that.
              onMove(dragged, from < index ? (waiting[index + 1]?.id ?? null) : one.id);
            }}
            onEdit={() => onEdit(one)}
            onRemove={() => onRemove(one)}
            onEarlier={index === 0 ? null : () => onMove(one, waiting[index - 1]?.id ?? null)}
            onLater={
              index === waiting.length - 1
                ? null
                : () => onMove(one, waiting[index + 2]?.id ?? null)
            }
          />
        ))}
      </ol>
    </section>
  );
}

function allowDrop(event: DragEvent) {
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
}

function Row({
  waiting,
  model,
  isDragged,
  onDragStart,
  onDragEnd,
  onDrop,
  onEdit,
  onRemove,
  onEarlier,
  onLater,
}: {
  waiting: Waiting;
  model: string;
  isDragged: boolean;
  onDragStart: () => void;
  onDragEnd: () => void;
  onDrop: () => void;
  onEdit: () => void;
  onRemove: () => void;
  onEarlier: (() => void) | null;
  onLater: (() => void) | null;
}) {
  const { text, isSending } = waiting;
  const problem = useProblemText(waiting.problem);
  return (
    // What is dragged can be moved by its buttons as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      draggable={!isSending}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragOver={allowDrop}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      className={classes(
        "flex items-center gap-1 border-t border-line ps-1.5 pe-1.5 py-1",
        isDragged && "opacity-50",
        isSending && "text-ink-muted",
      )}
    >
      <GripVertical size={16} aria-hidden className="shrink-0 cursor-grab text-ink-muted" />
      <div className="min-w-0 flex-1 py-1">
        <p dir="auto" className="line-clamp-2 text-sm whitespace-pre-wrap">
          {text}
        </p>
        <p className="truncate text-2xs text-ink-muted">{isSending ? t`Being queued …` : model}</p>
        {problem ? <p className="text-2xs text-danger">{problem}</p> : null}
      </div>
      {isSending ? null : (
        <div className="flex shrink-0 items-center">
          <IconButton
            label={t`Move up`}
            size="small"
            aria-disabled={!onEarlier}
            onClick={() => onEarlier?.()}
          >
            <ArrowUp size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={t`Move down`}
            size="small"
            aria-disabled={!onLater}
            onClick={() => onLater?.()}
          >
            <ArrowDown size={16} aria-hidden />
          </IconButton>
          <IconButton label={t`Edit waiting question`} size="small" onClick={onEdit}>
            <Pencil size={16} aria-hidden />
          </IconButton>
          <IconButton label={t`Remove waiting question`} size="small" onClick={onRemove}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
    </li>
  );
}
