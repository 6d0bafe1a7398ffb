import type { Live } from "@/firebase/live";
import { classes } from "@/ui/classes";

import type { Folder } from "../api/folders";
import { startSelecting } from "../state/open-selection";
import { folderIn } from "../state/use-folders";
import { ConversationRow } from "./conversation-row";
import type { Listed } from "./days";

export interface ListedProps {
  rows: readonly Listed[];
  folders: Live<readonly Folder[]>;
}

/** The day that begins with a row, if one does. */
export function DayHeading({ row: { day }, isFirst }: { row: Listed; isFirst: boolean }) {
  if (day === null) return null;
  return (
    <h3 className={classes("px-2.5 pb-1 text-xs font-medium text-ink-muted", !isFirst && "pt-4")}>
      {day}
    </h3>
  );
}

/** One of the list, below the day that begins with it. */
export function ListedRow({
  row,
  isFirst,
  folders,
}: Pick<ListedProps, "folders"> & { row: Listed; isFirst: boolean }) {
  const { conversation } = row;
  return (
    <>
      <DayHeading row={row} isFirst={isFirst} />
      <ConversationRow
        conversation={conversation}
        folder={folderIn(folders, conversation.folderId)}
        onSelect={() => startSelecting(conversation.id)}
      />
    </>
  );
}
