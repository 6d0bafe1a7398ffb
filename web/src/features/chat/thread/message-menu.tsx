import { t } from "@lingui/core/macro";
import {
  ClipboardType,
  Copy,
  Ellipsis,
  GitBranch,
  GitFork,
  Link as LinkIcon,
  Pin,
  PinOff,
} from "lucide-react";

import { iconButtonClass } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { notify } from "@/ui/notify";

import type { Message } from "../api/messages";
import { copyFormatted } from "./copy-formatted";
import { useThread } from "./thread-context";

/** What can be done with a stored message beyond the buttons beside it. */
export function MessageMenu({ message, what }: { message: Message; what: "question" | "answer" }) {
  const { pinned, onPin, onCopy } = useThread();
  const isPinned = pinned.has(message.id);
  const PinIcon = isPinned ? PinOff : Pin;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={what === "question" ? t`More about this question` : t`More about this answer`}
          data-tip={t`More`}
          className={iconButtonClass({ size: "small" })}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      }
      entries={[
        {
          key: "pin",
          icon: <PinIcon size={16} aria-hidden />,
          label: isPinned ? t`Unpin` : t`Pin`,
          onSelect: () => onPin(message.id, !isPinned),
        },
        {
          key: "link",
          icon: <LinkIcon size={16} aria-hidden />,
          label: t`Copy the link to it`,
          onSelect: () => copyLink(message.id),
        },
        ...(what === "answer"
          ? [
              {
                key: "formatted",
                icon: <ClipboardType size={16} aria-hidden />,
                label: t`Copy with formatting`,
                onSelect: () => void copyFormatted(message.id, message.text),
              },
            ]
          : []),
        {
          key: "path",
          icon: <Copy size={16} aria-hidden />,
          label: t`New conversation up to here`,
          onSelect: () => onCopy("path", message.id),
        },
        {
          key: "subtree",
          icon: <GitBranch size={16} aria-hidden />,
          label: t`New conversation with all versions from here`,
          onSelect: () => onCopy("subtree", message.id),
        },
        {
          key: "all",
          icon: <GitFork size={16} aria-hidden />,
          label: t`Copy the whole conversation`,
          onSelect: () => onCopy("all", message.id),
        },
      ]}
    />
  );
}

function copyLink(messageId: string): void {
  navigator.clipboard.writeText(`${location.origin}${location.pathname}?m=${messageId}`).then(
    () => notify(t`The link was copied.`, { detail: t`It opens for those who can read this.` }),
    () => notify(t`The browser did not allow copying.`),
  );
}
