import { t } from "@lingui/core/macro";
import { useParams } from "@tanstack/react-router";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import type { Conversation } from "../api/conversations";
import { useUnread } from "../state/unread";
import { useConversationList } from "../state/use-conversations";
import { folderIn, useFolders } from "../state/use-folders";
import { ConversationRow } from "./conversation-row";
import { groupByDay } from "./day-groups";

const none: readonly Conversation[] = [];

/** The conversations of a person, last change first. */
export function ConversationList({ uid }: { uid: string }) {
  const { list, showMore, retry } = useConversationList(uid);
  const folders = useFolders(uid);
  const { conversationId: openId } = useParams({ strict: false });
  useUnread(list.state === "ready" ? list.value : none, openId);
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
  if (list.value.length === 0) {
    return (
      <p className="px-2.5 pt-2 text-sm text-ink-muted">
        {t`Nothing here yet. Your conversations will be listed as soon as you ask something.`}
      </p>
    );
  }
  return (
    <>
      {groupByDay(list.value).map((group) => (
        <section key={group.label} aria-label={group.label} className="mb-4">
          <h3 className="px-2.5 pb-1 text-xs font-medium text-ink-muted">{group.label}</h3>
          <ul>
            {group.conversations.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                folder={folderIn(folders.list, conversation.folderId)}
              />
            ))}
          </ul>
        </section>
      ))}
      {showMore ? (
        <Button variant="ghost" className="w-full" onClick={showMore}>
          {t`Show older`}
        </Button>
      ) : null}
    </>
  );
}
