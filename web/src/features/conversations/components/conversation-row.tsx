import { t } from "@lingui/core/macro";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Ellipsis, FolderInput, ListChecks, NotebookPen, Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";

import { iconButtonClass } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Menu } from "@/ui/menu";
import { useShell } from "@/ui/shell";

import { isWriting, type Conversation } from "../api/conversations";
import { deleteConversation, renameConversation } from "../api/writes";
import type { Folder } from "../api/folders";
import { openMove } from "../state/open-folder-dialog";
import { useIsUnread } from "../state/unread";
import { openMemory } from "../state/open-memory";
import { FolderMark } from "./folder-mark";
import { TitleInput } from "./title-input";

export function ConversationRow({
  conversation,
  folder = null,
  onSelect,
}: {
  conversation: Conversation;
  /** The folder that it is in, where that is not clear. */
  folder?: Folder | null;
  /** Begins to choose several, where that can be done. */
  onSelect?: () => void;
}) {
  const { id, title } = conversation;
  const isUnread = useIsUnread(id);
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const { conversationId: openId } = useParams({ strict: false });
  const navigate = useNavigate();
  const { closeSidebar } = useShell();

  function remove() {
    const wasOpen = openId === id;
    const open = () => void navigate({ to: "/c/$conversationId", params: { conversationId: id } });
    deleteConversation(conversation, wasOpen ? open : undefined);
    if (wasOpen) void navigate({ to: "/" });
  }

  if (renaming) {
    return (
      <TitleInput
        title={title}
        className="h-row w-full text-sm touch:h-11"
        onSave={(next) => renameConversation(conversation, next)}
        onClose={(refocus) => {
          setRenaming(false);
          if (refocus) requestAnimationFrame(() => link.current?.focus());
        }}
      />
    );
  }
  return (
    <div className="group relative">
      <Link
        ref={link}
        to="/c/$conversationId"
        params={{ conversationId: id }}
        title={title}
        onClick={closeSidebar}
        className="flex h-row items-center gap-2 rounded-control ps-2.5 pe-9 text-sm hover:bg-hover focus-visible:-outline-offset-2 aria-[current=page]:bg-selected aria-[current=page]:font-medium touch:h-11"
      >
        <span dir="auto" className="min-w-0 flex-1 truncate text-match-parent">
          {title}
        </span>
        {folder ? <FolderMark folder={folder} /> : null}
        {isWriting(conversation) ? (
          <span className="size-2 shrink-0 animate-notice rounded-full bg-warning">
            <span className="sr-only">{t`Answer is being written`}</span>
          </span>
        ) : null}
        {isUnread ? (
          <span className="size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t`New answer`}</span>
          </span>
        ) : null}
      </Link>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t`More about ${title}`}
            className={classes(
              iconButtonClass({ size: "row" }),
              "absolute end-0.5 top-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100 touch:opacity-100",
            )}
          >
            <Ellipsis size={18} aria-hidden />
          </button>
        }
        entries={[
          {
            key: "rename",
            icon: <Pencil size={16} aria-hidden />,
            label: t`Rename`,
            onSelect: () => setRenaming(true),
          },
          {
            key: "memory",
            icon: <NotebookPen size={16} aria-hidden />,
            label: t`Instructions and memory…`,
            onSelect() {
              closeSidebar();
              openMemory(conversation);
            },
          },
          {
            key: "move",
            icon: <FolderInput size={16} aria-hidden />,
            label: t`Move to folder…`,
            onSelect() {
              closeSidebar();
              openMove([conversation]);
            },
          },
          ...(onSelect
            ? [
                {
                  key: "select",
                  icon: <ListChecks size={16} aria-hidden />,
                  label: t`Select`,
                  onSelect,
                },
              ]
            : []),
          {
            key: "delete",
            icon: <Trash2 size={16} aria-hidden />,
            label: t`Delete`,
            danger: true,
            onSelect: remove,
          },
        ]}
      />
    </div>
  );
}
