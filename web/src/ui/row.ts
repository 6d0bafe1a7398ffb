/** A line that can be chosen among others: of a menu, of the sidebar. */
export const rowClass =
  "flex min-h-row items-center gap-2.5 rounded-control px-2.5 py-1 text-sm select-none touch:min-h-11";
