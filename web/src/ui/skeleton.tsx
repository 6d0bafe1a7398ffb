import { t } from "@lingui/core/macro";

import { classes } from "./classes";
import { Delayed } from "./delayed";

/** Bars where lines will be; `label` is what is being loaded. */
export function Skeleton({
  label,
  className,
  lines,
}: {
  label: string;
  className?: string;
  lines: string[];
}) {
  return (
    <div role="status" aria-label={t`Loading ${label}`} className={className}>
      <Delayed>
        <div className="space-y-3" aria-hidden>
          {lines.map((width, index) => (
            <div
              // The bars have no identity of their own.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              className={classes("h-4 animate-pulse rounded-md bg-hover", width)}
            />
          ))}
        </div>
      </Delayed>
    </div>
  );
}
