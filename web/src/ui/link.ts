/** A link in running text, or alone under it. */
export const linkClass =
  "font-medium text-accent underline decoration-1 underline-offset-3 hover:decoration-2";
