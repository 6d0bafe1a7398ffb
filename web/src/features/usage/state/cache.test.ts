import { expect, it } from "vitest";

import { parseUsageDay, type UsageDay } from "../api/usage-days";
import { cacheText, lookedUp } from "./cache";
import { sumUp } from "./grouping";

function usage(feature: string, known: object) {
  return parseUsageDay({ id: "x", fields: { day: "2026-11-27", model: "m", feature, ...known } });
}

const textOf = (days: UsageDay[]) => cacheText(sumUp(days), lookedUp(days));

it("says how many answers came from the cache and what that saved", () => {
  const days = [
    usage("turn", { calls: 1200, cacheHits: 300, savedMicros: 1_500_000 }),
    usage("proxy", { calls: 800, cacheHits: 200, savedMicros: 500_000 }),
    usage("title", { calls: 99 }),
  ];
  expect(textOf(days)).toBe("500 of 2,000 answers (25 %) came from the cache, which saved $2.00.");
});

it("names no amount that is not known, and says nothing where there was nothing", () => {
  expect(textOf([usage("turn", { calls: 2, cacheHits: 1 })])).toBe(
    "1 of 2 answers (50 %) came from the cache.",
  );
  expect(textOf([usage("turn", { calls: 2 })])).toBeNull();
});
