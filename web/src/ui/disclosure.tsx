import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

import { classes } from "./classes";

/** A quiet line that opens what stands below it, and brings it into view. */
export function Disclosure({
  summary,
  size,
  className,
  children,
}: {
  summary: ReactNode;
  size: "small" | "normal";
  className?: string;
  children: ReactNode;
}) {
  return (
    <details
      className={classes("group/disclosure scroll-mb-6", className)}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.scrollIntoView({ block: "nearest" });
      }}
    >
      <summary
        className={classes(
          "-ms-1.5 inline-flex max-w-full cursor-pointer list-none items-center gap-1 rounded-md px-1.5 py-1 text-ink-muted tabular-nums hover:bg-hover hover:text-ink touch:min-h-11",
          size === "small" ? "text-2xs" : "text-sm",
        )}
      >
        <ChevronRight
          size={size === "small" ? 14 : 16}
          aria-hidden
          className="shrink-0 transition-transform group-open/disclosure:rotate-90 rtl:-scale-x-100 rtl:group-open/disclosure:-rotate-90"
        />
        <span>{summary}</span>
      </summary>
      {children}
    </details>
  );
}
