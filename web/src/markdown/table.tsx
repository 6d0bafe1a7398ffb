import { t } from "@lingui/core/macro";
import { Check, Copy } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";

import { IconButton } from "@/ui/button";
import { csv } from "@/ui/csv";
import { notify } from "@/ui/notify";

/** A table that scrolls by itself where it is wider than the screen. */
export function Table({ children }: { children: ReactNode }) {
  const table = useRef<HTMLTableElement>(null);
  const [isCopied, setCopied] = useState(false);
  function copy() {
    const rows = [...(table.current?.rows ?? [])].map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()),
    );
    navigator.clipboard.writeText(csv(rows)).then(
      () => setCopied(true),
      () => notify(t`The browser did not allow copying.`),
    );
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
      <IconButton
        label={isCopied ? t`Copied` : t`Copy as CSV`}
        size="small"
        className="absolute end-1 top-1 bg-surface opacity-0 group-focus-within/table:opacity-100 group-hover/table:opacity-100 touch:static touch:opacity-100"
        onClick={copy}
        onBlur={() => setCopied(false)}
        onPointerLeave={() => setCopied(false)}
      >
        {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </IconButton>
    </div>
  );
}
