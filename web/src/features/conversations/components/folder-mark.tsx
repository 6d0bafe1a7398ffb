import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";
import { Folder as FolderIcon } from "lucide-react";

import type { Folder } from "../api/folders";

/** Beside a title: the folder that its conversation is in. */
export function FolderMark({ folder: { name } }: { folder: Folder }) {
  return (
    <span className="max-w-1/3 shrink-0 truncate text-2xs font-normal text-ink-muted">
      <span className="sr-only">{t`in folder ${name}`}</span>
      <span aria-hidden>{name}</span>
    </span>
  );
}

/** The same, as the way to the folder. */
export function FolderLink({ folder: { id, name } }: { folder: Folder }) {
  return (
    <Link
      to="/folders/$folderId"
      params={{ folderId: id }}
      title={name}
      aria-label={t`In folder ${name}`}
      className="ms-auto flex h-9 max-w-1/3 shrink-0 items-center gap-1.5 rounded-control px-2.5 text-xs text-ink-muted hover:bg-hover hover:text-ink touch:h-11"
    >
      <FolderIcon size={16} aria-hidden className="shrink-0" />
      <span dir="auto" className="truncate">
        {name}
      </span>
    </Link>
  );
}
