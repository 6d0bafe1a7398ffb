import { t } from "@lingui/core/macro";
import { WifiOff, Pencil, Trash2 } from "lucide-react";

import { IconButton } from "@/ui/button";

import type { Turn } from "../stream/turns";
import { useThread } from "./thread-context";

/** Marks a question that goes when there is a connection; until then it can be changed or deleted. */
export function Unsent({ turn }: { turn: Turn }) {
  const { onTakeBack, onDelete } = useThread();
  const { isArriving } = turn;
  return (
    <div className="mt-1 flex items-center gap-1 text-xs text-ink-muted">
      <WifiOff size={14} aria-hidden />
      <p className="me-1">{isArriving ? t`Saving …` : t`Waits for the connection`}</p>
      <IconButton
        label={t`Edit unsent question`}
        size="small"
        disabled={isArriving}
        onClick={() => onTakeBack(turn)}
      >
        <Pencil size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={t`Delete unsent question`}
        size="small"
        disabled={isArriving}
        onClick={() => onDelete(turn)}
      >
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
