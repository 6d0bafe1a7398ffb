import type { UsageGroup, UsageSums, UsageSummary } from "@/contract/contract.gen";

const none: UsageSums = {
  calls: 0,
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  micros: 0,
  estimatedMicros: 0,
  cacheHits: 0,
  savedMicros: 0,
};

export function usageGroup(key: string, known: Partial<UsageSums> = {}): UsageGroup {
  return { ...none, calls: 1, ...known, key };
}

/** Of two people, of whom one has no name. */
export function usageSummary(known: Partial<UsageSummary> = {}): UsageSummary {
  return {
    asOf: "2026-11-27T12:00:00+00:00",
    groups: [usageGroup("uid-1", { micros: 1_500_000 }), usageGroup("uid-2", { micros: 250_000 })],
    others: none,
    otherGroups: 0,
    total: { ...none, calls: 2, micros: 1_750_000 },
    lookedUp: 2,
    models: ["mistral/b", "openai/a"],
    features: ["title", "turn"],
    people: [
      { id: "uid-1", name: "Ada Lovelace", email: "ada@example.com" },
      { id: "uid-2", name: null, email: "bob@example.com" },
    ],
    ...known,
  };
}
