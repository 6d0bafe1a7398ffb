import { plural, t } from "@lingui/core/macro";
import { formatNumber } from "@/i18n/format";

import type { UsageDay } from "../api/usage-days";
import { dollars } from "@/i18n/amounts";
import { sumUp, type Sums } from "./grouping";

/** How many calls were looked for in the cache: titles and summaries never are. */
export function lookedUp(days: readonly UsageDay[]): number {
  return sumUp(days.filter(({ feature }) => feature === "turn" || feature === "proxy")).calls;
}

/** How often an answer came from the cache, and what that saved; null where none did. */
export function cacheText({ cacheHits, savedMicros }: Sums, asked: number): string | null {
  if (cacheHits === 0) return null;
  const rate = formatNumber(Math.round((100 * cacheHits) / asked));
  const hits = formatNumber(cacheHits);
  const all = plural(asked, { one: "# answer", other: "# answers" });
  return savedMicros > 0
    ? t`${hits} of ${all} (${rate} %) came from the cache, which saved ${{ amount: dollars(savedMicros) }}.`
    : t`${hits} of ${all} (${rate} %) came from the cache.`;
}
