import { plural, t } from "@lingui/core/macro";

import { formatNumber } from "./format";

/** About so long, in the largest unit that tells it. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return t`${{ seconds: formatNumber(whole) }} s`;
  const minutes = Math.round(whole / 60);
  return plural(minutes, { one: "# minute", other: "# minutes" });
}
