import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";

import { usePerson } from "@/features/auth";
import { useConversationList, useFolders } from "@/features/conversations";
import { useModelOptions } from "@/features/models";
import { Palette } from "@/features/palette";
import { formatNumber } from "@/i18n/format";
import { runCommand, useRunnable } from "@/ui/commands";

/** The palette of the workspace: its conversations and models beside what can be done. */
export default function WorkspacePalette() {
  const { uid } = usePerson();
  const navigate = useNavigate();
  const { list } = useConversationList(uid);
  const folders = useFolders(uid).list;
  const models = useModelOptions();
  const isRunnable = useRunnable();
  const conversations = list.state === "ready" ? list.value : [];
  return (
    <Palette
      note={t`Conversations are found by the titles of your last ${{ count: formatNumber(conversations.length) }}.`}
      groups={[
        {
          value: t`Conversations`,
          items: conversations.map(({ id, title }) => ({
            key: id,
            label: title,
            run: () => void navigate({ to: "/c/$conversationId", params: { conversationId: id } }),
          })),
        },
        {
          value: t`Folders`,
          items: (folders.state === "ready" ? folders.value : []).map(({ id, name }) => ({
            key: id,
            label: name,
            run: () => void navigate({ to: "/folders/$folderId", params: { folderId: id } }),
          })),
        },
        {
          value: t`Models`,
          items: isRunnable("choose-model")
            ? models.map(({ id, name, connectionName }) => ({
                key: id,
                label: t`Use ${name}`,
                detail: connectionName,
                run: () => runCommand("choose-model", id),
              }))
            : [],
        },
      ]}
    />
  );
}
