import { t } from "@lingui/core/macro";

import { formatNumber } from "@/i18n/format";

/** Characters that a question may have. */
const maxLength = 100_000;

/** Says that a question is too long; null for one that is not. */
export function tooLong(text: string): string | null {
  const over = text.trim().length - maxLength;
  if (over <= 0) return null;
  return t`A question can have ${{ limit: formatNumber(maxLength) }} characters; this is ${{ more: formatNumber(over) }} too long.`;
}
