import { t } from "@lingui/core/macro";
import { useRef, type ReactNode } from "react";

import { CopyButton } from "@/ui/copy-button";
import { csv } from "@/ui/csv";

/** A table that scrolls by itself where it is wider than the screen. */
export function Table({ children }: { children: ReactNode }) {
  const table = useRef<HTMLTableElement>(null);
  function text(): string {
    const rows = [...(table.current?.rows ?? [])].map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()),
    );
    return csv(rows);
  }
  return (
    <div className="group/table relative">
      <div
        role="region"
        aria-label={t`Table`}
        tabIndex={0}
        className="overflow-x-auto rounded-control border border-line"
      >
        <table ref={table} className="w-full border-collapse text-sm">
          {children}
        </table>
      </div>
      <CopyButton
        text={text}
        label={t`Copy as CSV`}
        size="small"
        className="absolute end-1 top-1 bg-surface opacity-0 group-focus-within/table:opacity-100 group-hover/table:opacity-100 touch:static touch:ms-auto touch:flex touch:bg-transparent touch:opacity-100"
      />
    </div>
  );
}
