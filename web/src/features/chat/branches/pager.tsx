import { t } from "@lingui/core/macro";
import { ChevronLeft, ChevronRight } from "lucide-react";

import { formatNumber } from "@/i18n/format";
import { IconButton } from "@/ui/button";

import { useThread } from "../thread/thread-context";
import { alternativesAt, type Branches } from "./tree";

/** Where a message stands among its alternatives, by the branches that have them. */
export interface Alternatives {
  index: number;
  branches: readonly string[];
}

export function alternativesOf(
  branches: Branches,
  { branchId, seq }: { branchId: string; seq: number },
): Alternatives | null {
  const ids = alternativesAt(branches, branchId, seq);
  const index = ids.indexOf(branchId);
  return ids.length < 2 || index === -1 ? null : { index, branches: ids };
}

/** Pages between the versions of a message: “2 / 3”. */
export function Pager({
  what,
  seq,
  index,
  count,
  previous,
  next,
}: {
  what: "question" | "answer";
  seq: number;
  index: number;
  count: number;
  previous: string | null;
  next: string | null;
}) {
  const { onOpen } = useThread();
  const text = textsOf(what);
  return (
    <div
      role="group"
      aria-label={text.group}
      className="flex shrink-0 items-center text-2xs text-ink-muted"
    >
      <Step label={text.previous} branchId={previous} onOpen={onOpen} seq={seq}>
        <ChevronLeft size={16} aria-hidden className="rtl:-scale-x-100" />
      </Step>
      <span className="min-w-8 text-center tabular-nums" aria-live="polite">
        <span className="sr-only">{t`Version`} </span>
        {formatNumber(index + 1)} / {formatNumber(count)}
      </span>
      <Step label={text.next} branchId={next} onOpen={onOpen} seq={seq}>
        <ChevronRight size={16} aria-hidden className="rtl:-scale-x-100" />
      </Step>
    </div>
  );
}

function textsOf(what: "question" | "answer") {
  return what === "question"
    ? {
        group: t`Versions of this question`,
        previous: t`Previous version of this question`,
        next: t`Next version of this question`,
      }
    : {
        group: t`Versions of this answer`,
        previous: t`Previous version of this answer`,
        next: t`Next version of this answer`,
      };
}

function Step({
  label,
  branchId,
  seq,
  onOpen,
  children,
}: {
  label: string;
  branchId: string | null;
  seq: number;
  onOpen: (branchId: string, seq: number) => void;
  children: React.ReactNode;
}) {
  return (
    <IconButton
      label={label}
      size="small"
      // Disabled, it would lose the focus at the last version.
      aria-disabled={branchId === null}
      onClick={() => {
        if (branchId !== null) onOpen(branchId, seq);
      }}
    >
      {children}
    </IconButton>
  );
}
