import { t } from "@lingui/core/macro";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";

import { Button } from "@/ui/button";
import { loadable } from "@/ui/loadable";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import type { Conversation } from "../api/conversations";
import { useSelection } from "../state/open-selection";
import { useUnread } from "../state/unread";
import { useConversationList } from "../state/use-conversations";
import { useFolders } from "../state/use-folders";
import { withDays } from "./days";
import { ListedRow, type ListedProps } from "./listed-row";

const LongList = loadable(() => import("./long-list"));
export const preloadLongList = LongList.preload;

/** As many are in the page at once; of a longer list those near the screen. */
const most = 100;
const none: readonly Conversation[] = [];

/** The conversations of a person, last change first. */
export function ConversationList({ uid }: { uid: string }) {
  const { list, showMore, retry } = useConversationList(uid);
  const folders = useFolders(uid).list;
  const { conversationId: openId } = useParams({ strict: false });
  const conversations = list.state === "ready" ? list.value : none;
  useUnread(conversations, openId);
  const rows = useMemo(() => withDays(conversations), [conversations]);
  const isSelecting = useSelection(({ selection }) => selection !== null);
  if (list.state === "loading") {
    return (
      <Skeleton
        label={t`conversations`}
        className="px-2.5 pt-8"
        lines={["w-4/5", "w-3/5", "w-11/12", "w-2/3"]}
      />
    );
  }
  if (list.state === "failed") {
    return (
      <Notice
        title={t`Your conversations could not be loaded.`}
        actions={<Button onClick={retry}>{t`Try again`}</Button>}
      >
        {t`They are safe; only the list is missing here.`}
      </Notice>
    );
  }
  if (rows.length === 0) {
    return (
      <p className="px-2.5 pt-2 text-sm text-ink-muted">
        {t`Nothing here yet. Your conversations will be listed as soon as you ask something.`}
      </p>
    );
  }
  return (
    <>
      <LongList
        when={rows.length > most || isSelecting}
        rows={rows}
        folders={folders}
        fallback={<ShortList rows={rows.slice(0, most)} folders={folders} />}
      />
      {showMore ? (
        <Button variant="ghost" className="mt-4 w-full" onClick={showMore}>
          {t`Show older`}
        </Button>
      ) : null}
    </>
  );
}

function ShortList({ rows, folders }: ListedProps) {
  return (
    <ul>
      {rows.map((row, index) => (
        <li key={row.conversation.id}>
          <ListedRow row={row} isFirst={index === 0} folders={folders} />
        </li>
      ))}
    </ul>
  );
}
