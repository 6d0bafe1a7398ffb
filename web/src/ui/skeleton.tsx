import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";

import { classes } from "./classes";

/**
 * Bars where lines will be; `label` is what is being loaded. They have their place at once and are
 * seen after 150 ms only: what loads faster than that must not flicker.
 */
export function Skeleton({
  label,
  className,
  lines,
}: {
  label: string;
  className?: string;
  lines: string[];
}) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t`Loading ${label}`} className={className}>
      <div className={classes("space-y-3", !isDue && "invisible")} aria-hidden>
        {lines.map((width, index) => (
          <div
            // The bars have no identity of their own.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            className={classes("h-4 animate-pulse rounded-md bg-hover", width)}
          />
        ))}
      </div>
    </div>
  );
}
