/** Why nothing can be sent now; null where it can. */
export function whyBlocked(
  isOpening: boolean,
  isComparing: boolean,
  model: string | null,
): string | null {
  if (isOpening) return "The conversation is still being opened. Your text is kept.";
  if (isComparing) return "Choose the answer to go on with first. Your text is kept.";
  return model === null ? "No model is chosen yet. Your text is kept." : null;
}
