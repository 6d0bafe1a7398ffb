import type { ReactNode } from "react";

import { classes } from "./classes";

const tones = {
  quiet: "bg-selected text-ink-muted",
  accent: "bg-accent-wash text-ink",
  warning: "bg-warning-wash text-warning-ink",
  danger: "bg-danger-wash text-danger",
};

/** A word or two about the state of what it stands beside. */
export function Badge({
  tone = "quiet",
  children,
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full border border-edge px-2 text-2xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
