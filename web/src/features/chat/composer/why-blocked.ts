/** Why nothing can be sent now; null where it can. */
export function whyBlocked(
  isOpening: boolean,
  isComparing: boolean,
  model: string | null,
): string | null {
  if (isOpening) return "The conversation is still being opened. Your text is kept.";
  if (isComparing) return "Choose the answer to go on with first. Your text is kept.";
  return model === null
    ? "Choose a model below first: its list says why one is missing. Your text is kept."
    : null;
}
