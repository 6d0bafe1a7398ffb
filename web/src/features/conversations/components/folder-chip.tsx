import { t } from "@lingui/core/macro";
import { Folder as FolderIcon, X } from "lucide-react";

import { IconButton } from "@/ui/button";

import type { Folder } from "../api/folders";

/** Over the composer of a new chat: the folder that it begins in. */
export default function FolderChip({
  folder: { name },
  onRemove,
}: {
  folder: Folder;
  onRemove: () => void;
}) {
  return (
    <p className="mb-2 flex w-fit max-w-full items-center gap-2 rounded-control border border-line bg-surface ps-3 text-sm">
      <FolderIcon size={16} aria-hidden className="shrink-0 text-ink-muted" />
      <span className="sr-only">{t`New chat in folder ${name}`}</span>
      <span aria-hidden dir="auto" title={name} className="truncate">
        {name}
      </span>
      <IconButton size="small" label={t`Not in this folder`} onClick={onRemove}>
        <X size={16} aria-hidden />
      </IconButton>
    </p>
  );
}
