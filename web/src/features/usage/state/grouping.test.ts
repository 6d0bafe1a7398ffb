import { describe, expect, it } from "vitest";

import { parseUsageDay, type UsageDay } from "../api/usage-days";
import { groupUsage, sumUp } from "./grouping";

function usage(day: string, model: string, feature: string, known: Partial<UsageDay> = {}) {
  const fields = { day, model, feature, calls: 1, inputTokens: 10, outputTokens: 5, ...known };
  return parseUsageDay({ id: "x", fields });
}

const days = [
  usage("2026-11-26", "openai/a", "turn", { micros: 40, estimatedMicros: 15 }),
  usage("2026-11-26", "openai/a", "title", { micros: 2 }),
  usage("2026-11-27", "mistral/b", "turn", { micros: 900, calls: 3 }),
  usage("2026-11-27", "ollama/c", "turn", { inputTokens: 100 }),
  usage("2026-11-27", "ollama/d", "turn"),
];

describe("grouping", () => {
  it("by day begins with the last one", () => {
    expect(groupUsage(days, "day")).toEqual([
      {
        key: "2026-11-27",
        calls: 5,
        inputTokens: 120,
        outputTokens: 15,
        micros: 900,
        estimatedMicros: 0,
        cacheHits: 0,
        savedMicros: 0,
      },
      {
        key: "2026-11-26",
        calls: 2,
        inputTokens: 20,
        outputTokens: 10,
        micros: 42,
        estimatedMicros: 15,
        cacheHits: 0,
        savedMicros: 0,
      },
    ]);
  });

  it("by model begins with the dearest, then with what had most tokens", () => {
    const keys = groupUsage(days, "model").map(({ key }) => key);
    expect(keys).toEqual(["mistral/b", "openai/a", "ollama/c", "ollama/d"]);
  });

  it.each(["day", "model", "feature", "key"] as const)("by %s loses nothing", (by) => {
    expect(sumUp(groupUsage(days, by))).toEqual(sumUp(days));
  });
});

it("what was used with a key, and without one, are groups of their own", () => {
  const keyed = { day: "2026-11-27", keyId: "0a".repeat(10), micros: 5 };
  const used = [parseUsageDay({ id: "x", fields: keyed }), ...days];
  expect(groupUsage(used, "key").map(({ key, micros }) => [key, micros])).toEqual([
    ["none", 942],
    ["0a".repeat(10), 5],
  ]);
});

it("a document without some of its fields counts as zero there", () => {
  expect(parseUsageDay({ id: "x", fields: { day: "2026-11-27", calls: 1 } })).toMatchObject({
    day: "2026-11-27",
    calls: 1,
    micros: 0,
    reasoningTokens: 0,
  });
});
