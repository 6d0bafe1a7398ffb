import type { ReactNode } from "react";

import { classes } from "./classes";

const cellClass = "px-1 py-2 align-baseline first:ps-0 last:pe-0 sm:px-2";
const numberClass = "text-end whitespace-nowrap tabular-nums";

/**
 * Numbers to compare. Where it is wider than the page it scrolls, from the keyboard too, and goes on to
 * the edge of the screen, where one sees that there is more.
 */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className="-mx-5 overflow-x-auto px-5 focus-visible:-outline-offset-2 sm:-mx-8 sm:px-8"
    >
      <table className="w-full text-xs wrap-normal sm:text-sm">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

interface CellProps {
  /** Numbers stand below each other, digit by digit. */
  number?: boolean;
  children: ReactNode;
}

export function HeadRow({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-control text-2xs text-ink-muted sm:text-xs">
      <tr>{children}</tr>
    </thead>
  );
}

export function Column({ number = false, children }: CellProps) {
  return (
    <th
      scope="col"
      className={classes(cellClass, "font-medium", number ? "text-end" : "min-w-22 text-start")}
    >
      {children}
    </th>
  );
}

/** A row by its name; `total` sets it apart from those above it. */
export function Row({
  name,
  total = false,
  children,
}: {
  name: ReactNode;
  total?: boolean;
  children: ReactNode;
}) {
  return (
    <tr
      className={classes(
        "border-line",
        total ? "border-t border-control font-semibold" : "border-b last:border-0 hover:bg-hover",
      )}
    >
      <th
        scope="row"
        className={classes(cellClass, "text-start wrap-anywhere", !total && "font-normal")}
      >
        {name}
      </th>
      {children}
    </tr>
  );
}

export function Cell({ number = false, children }: CellProps) {
  return <td className={classes(cellClass, number && numberClass)}>{children}</td>;
}
