import { Copy, Ellipsis, GitBranch, GitFork, Pin, PinOff } from "lucide-react";

import { iconButtonClass } from "@/ui/button";
import { Menu } from "@/ui/menu";

import type { Message } from "../api/messages";
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
