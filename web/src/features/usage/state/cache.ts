import type { UsageDay } from "../api/usage-days";
import { counted, dollars } from "./amounts";
import { sumUp, type Sums } from "./grouping";

/** How many calls were looked for in the cache: titles and summaries never are. */
export function lookedUp(days: readonly UsageDay[]): number {
  return sumUp(days.filter(({ feature }) => feature === "turn" || feature === "proxy")).calls;
}

/** How often an answer came from the cache, and what that saved; null where none did. */
export function cacheText({ cacheHits, savedMicros }: Sums, asked: number): string | null {
  if (cacheHits === 0) return null;
  const rate = Math.round((100 * cacheHits) / asked);
  const saved = savedMicros > 0 ? `, which saved ${dollars(savedMicros)}` : "";
  return `${counted(cacheHits)} of ${counted(asked)} answers (${rate} %) came from the cache${saved}.`;
}
