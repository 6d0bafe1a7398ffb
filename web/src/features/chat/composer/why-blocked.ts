import { t } from "@lingui/core/macro";

/** Why nothing can be sent now; null where it can. */
export function whyBlocked(
  isOpening: boolean,
  isComparing: boolean,
  model: string | null,
): string | null {
  if (isOpening) return t`The conversation is still being opened. Your text is kept.`;
  if (isComparing) return t`Choose the answer to go on with first. Your text is kept.`;
  return model === null
    ? t`Choose a model below first: its list says why one is missing. Your text is kept.`
    : null;
}
