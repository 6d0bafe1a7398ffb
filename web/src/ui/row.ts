/** A line that can be chosen among others: of a menu, of the sidebar. */
export const rowClass =
  "flex h-9 items-center gap-2.5 rounded-control px-2.5 text-sm select-none touch:h-11";
