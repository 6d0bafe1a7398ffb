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
          aria-label={`More about this ${what}`}
          data-tip="More"
          className={iconButtonClass({ size: "small" })}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      }
      entries={[
        {
          key: "pin",
          icon: <PinIcon size={16} aria-hidden />,
          label: isPinned ? "Unpin" : "Pin",
          onSelect: () => onPin(message.id, !isPinned),
        },
        {
          key: "link",
          icon: <LinkIcon size={16} aria-hidden />,
          label: "Copy the link to it",
          onSelect: () => copyLink(message.id),
        },
        ...(what === "answer"
          ? [
              {
                key: "formatted",
                icon: <ClipboardType size={16} aria-hidden />,
                label: "Copy with formatting",
                onSelect: () => void copyFormatted(message.id, message.text),
              },
            ]
          : []),
        {
          key: "path",
          icon: <Copy size={16} aria-hidden />,
          label: "New conversation up to here",
          onSelect: () => onCopy("path", message.id),
        },
        {
          key: "subtree",
          icon: <GitBranch size={16} aria-hidden />,
          label: "New conversation with all versions from here",
          onSelect: () => onCopy("subtree", message.id),
        },
        {
          key: "all",
          icon: <GitFork size={16} aria-hidden />,
          label: "Copy the whole conversation",
          onSelect: () => onCopy("all", message.id),
        },
      ]}
    />
  );
}

function copyLink(messageId: string): void {
  navigator.clipboard.writeText(`${location.origin}${location.pathname}?m=${messageId}`).then(
    () => notify("The link was copied.", { detail: "It opens for those who can read this." }),
    () => notify("The browser did not allow copying."),
  );
}
