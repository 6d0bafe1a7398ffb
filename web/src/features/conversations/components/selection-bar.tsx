import { plural, t } from "@lingui/core/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { FolderInput, Trash2, X } from "lucide-react";
import type { KeyboardEvent } from "react";

import { IconButton } from "@/ui/button";
import { useShell } from "@/ui/shell";
import { Toolbar } from "@/ui/toolbar";

import type { Conversation } from "../api/conversations";
import { deleteSeveral } from "../api/several";
import { openMove } from "../state/open-folder-dialog";
import { endSelecting } from "../state/selection";

/** How many conversations are chosen, and what can be done with them. */
export function SelectionBar({ chosen }: { chosen: readonly Conversation[] }) {
  const { conversationId: openId } = useParams({ strict: false });
  const navigate = useNavigate();
  const { closeSidebar } = useShell();
  const isNone = chosen.length === 0;

  function remove() {
    if (isNone) return;
    const open = chosen.find(({ id }) => id === openId);
    deleteSeveral(chosen, () => {
      if (open) void navigate({ to: "/c/$conversationId", params: { conversationId: open.id } });
    });
    endSelecting();
    if (open) void navigate({ to: "/" });
  }

  function move() {
    if (isNone) return;
    closeSidebar();
    openMove(chosen);
  }

  return (
    <div className="sticky -bottom-4 -mb-4 flex items-center border-t border-line bg-surface py-1.5">
      <p role="status" className="min-w-0 flex-1 truncate px-2.5 text-sm font-medium">
        {plural(chosen.length, { one: "# chosen", other: "# chosen" })}
      </p>
      <Toolbar label={t`Chosen conversations`} className="flex gap-0.5 outline-none">
        <IconButton
          label={t`Move to folder…`}
          aria-disabled={isNone}
          onClick={move}
          onKeyDown={escape}
        >
          <FolderInput size={18} aria-hidden />
        </IconButton>
        <IconButton label={t`Delete`} aria-disabled={isNone} onClick={remove} onKeyDown={escape}>
          <Trash2 size={18} aria-hidden />
        </IconButton>
        <IconButton label={t`End choosing`} onClick={endSelecting} onKeyDown={escape}>
          <X size={18} aria-hidden />
        </IconButton>
      </Toolbar>
    </div>
  );
}

function escape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  // The drawer of a narrow screen stays open.
  event.stopPropagation();
  endSelecting();
}
