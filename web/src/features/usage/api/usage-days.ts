import { liveQuery, type LiveDocument } from "@/firebase/documents";
import { readNumber, readString } from "@/firebase/fields";
import type { LiveSource } from "@/firebase/live";

import { noKey } from "../state/keys";

/** What a person used of a model for a purpose on a day. */
export interface UsageDay {
  /** ISO 8601, in the time zone of the workspace. */
  day: string;
  /** `connection/model`. */
  model: string;
  feature: string;
  /** The id of the key that it was used with, or `noKey`. */
  key: string;
  calls: number;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  micros: number;
  /** The part of `micros` that no provider has reported. */
  estimatedMicros: number;
  /** Of the calls, those that the cache answered, and what they would have cost again. */
  cacheHits: number;
  savedMicros: number;
}

/** The rules allow no more at once. */
export const mostDays = 5000;

export function parseUsageDay({ fields }: LiveDocument): UsageDay {
  const count = (name: string) => readNumber(fields, name) ?? 0;
  return {
    day: readString(fields, "day") ?? "",
    model: readString(fields, "model") ?? "",
    feature: readString(fields, "feature") ?? "",
    key: readString(fields, "keyId") ?? noKey,
    calls: count("calls"),
    requests: count("requests"),
    inputTokens: count("inputTokens"),
    outputTokens: count("outputTokens"),
    cachedInputTokens: count("cachedInputTokens"),
    cacheWriteTokens: count("cacheWriteTokens"),
    reasoningTokens: count("reasoningTokens"),
    micros: count("micros"),
    estimatedMicros: count("estimatedMicros"),
    cacheHits: count("cacheHits"),
    savedMicros: count("savedMicros"),
  };
}

/** From a day on, first day first. Another first day begins with what is shown of this one. */
export function usageDays(uid: string, from: string): LiveSource<readonly UsageDay[]> {
  const source = liveQuery(
    {
      collection: "usageDays",
      where: [
        ["ownerId", "==", uid],
        ["day", ">=", from],
      ],
      orderBy: [["day", "asc"]],
      limit: mostDays,
    },
    parseUsageDay,
  );
  return { ...source, family: `usageDays/${uid}` };
}
