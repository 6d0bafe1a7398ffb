import { t } from "@lingui/core/macro";
import { Pin } from "lucide-react";

import { classes } from "@/ui/classes";

import type { Message } from "../api/messages";
import { useThread } from "./thread-context";

/** Says of a message that it is always among what the model is sent. */
export function PinnedMark({
  message,
  className,
}: {
  message: Message | null;
  className?: string;
}) {
  const { pinned } = useThread();
  if (message === null || !pinned.has(message.id)) return null;
  return (
    <span
      className={classes(
        "inline-flex h-8 items-center gap-1 px-1.5 text-2xs text-ink-muted",
        className,
      )}
    >
      <Pin size={14} aria-hidden />
      {t`Pinned`}
    </span>
  );
}
