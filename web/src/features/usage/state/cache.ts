import type { UsageDay } from "../api/usage-days";
import { counted, dollars } from "./amounts";
import { sumUp } from "./grouping";

/** How often an answer came from the cache, and what that saved; null where none did. */
export function cacheText(days: readonly UsageDay[]): string | null {
  // Titles and summaries are never looked for there.
  const { calls, cacheHits, savedMicros } = sumUp(
    days.filter(({ feature }) => feature === "turn" || feature === "proxy"),
  );
  if (cacheHits === 0) return null;
  const rate = Math.round((100 * cacheHits) / calls);
  const saved = savedMicros > 0 ? `, which saved ${dollars(savedMicros)}` : "";
  return `${counted(cacheHits)} of ${counted(calls)} answers (${rate} %) came from the cache${saved}.`;
}
