/** Buttons beside a message: seen when one is at the message, always on touch. */
export const messageTools =
  "flex items-center opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100 has-data-popup-open:opacity-100 touch:opacity-100";

/** Where a message stands among its versions; of one each, so that nothing is drawn for nothing. */
export interface PagerProps {
  index: number;
  count: number;
  previous: string | null;
  next: string | null;
}
