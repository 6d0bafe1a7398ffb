import { t } from "@lingui/core/macro";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { useConversationList } from "../state/use-conversations";
import { ConversationRow } from "./conversation-row";

/** What is in a folder, last change first. */
export function FolderConversations({ uid, folderId }: { uid: string; folderId: string }) {
  const { list, showMore, retry } = useConversationList(uid, folderId);
  if (list.state === "loading") {
    return <Skeleton label={t`conversations`} lines={["w-3/5", "w-2/5", "w-1/2"]} />;
  }
  if (list.state === "failed") {
    return (
      <Notice
        title={t`The conversations could not be loaded.`}
        actions={<Button onClick={retry}>{t`Try again`}</Button>}
      >
        {t`They are safe; only the list is missing here.`}
      </Notice>
    );
  }
  if (list.value.length === 0) {
    return (
      <p className="text-sm text-ink-muted">
        {t`Nothing here yet. Begin a new chat, or move a conversation here from its menu.`}
      </p>
    );
  }
  return (
    <>
      <ul className="-mx-2.5">
        {list.value.map((conversation) => (
          <li key={conversation.id}>
            <ConversationRow conversation={conversation} />
          </li>
        ))}
      </ul>
      {showMore ? (
        <Button variant="ghost" className="mt-2" onClick={showMore}>
          {t`Show older`}
        </Button>
      ) : null}
    </>
  );
}
