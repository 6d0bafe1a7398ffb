import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { classes } from "./classes";

/** Something went wrong, said where it happened, with what can be done about it. */
export function Notice({
  tone = "danger",
  title,
  children,
  actions,
}: {
  tone?: "danger" | "warning";
  title?: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = tone === "danger" ? CircleAlert : TriangleAlert;
  return (
    <div
      className={classes(
        "flex gap-3 rounded-card border border-edge px-4 py-3 text-sm",
        tone === "danger" ? "bg-danger-wash" : "bg-warning-wash",
      )}
    >
      <Icon
        size={18}
        aria-hidden
        className={classes(
          "mt-0.5 shrink-0",
          tone === "danger" ? "text-danger" : "text-warning-ink",
        )}
      />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        <div className="text-ink">{children}</div>
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
