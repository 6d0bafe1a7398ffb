import { cardClass } from "./card";

/** How everything looks that opens beside what was clicked. */
export const popupClass = `${cardClass} origin-(--transform-origin) text-ink shadow-high outline-none transition-[opacity,scale] data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0`;
