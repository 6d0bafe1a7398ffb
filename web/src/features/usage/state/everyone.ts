import { plural } from "@lingui/core/macro";

import type { SummarizeUsage, UsageGroup, UsageSummary } from "@/contract/contract.gen";

import type { Table } from "./export";
import { featureName, type NamedGroup } from "./grouping";
import { ownedKeyName, type KeyNames } from "./keys";
import { personName } from "./people";
import { daysOfMonth, daysUpTo, dayText, type Period } from "./periods";

export type Dimension = SummarizeUsage["by"];

/** What an administrator looks at. What is left out is not narrowed; a month wins over days. */
export interface Chosen {
  days?: Period | undefined;
  month?: string | undefined;
  by?: Dimension | undefined;
  person?: string | undefined;
  provider?: string | undefined;
  model?: string | undefined;
  feature?: string | undefined;
  key?: string | undefined;
}

export function daysOf({ days = 30, month }: Chosen, today: string): string[] {
  const ofMonth = month === undefined ? [] : daysOfMonth(month, today);
  return ofMonth.length > 0 ? ofMonth : daysUpTo(today, days);
}

export function requestOf(chosen: Chosen, days: readonly string[]): SummarizeUsage {
  const { by = "day", person, provider, model, feature, key } = chosen;
  return {
    firstDay: days[0] ?? "",
    lastDay: days.at(-1) ?? "",
    by,
    person: person ?? null,
    provider: provider ?? null,
    model: model ?? null,
    feature: feature ?? null,
    key: key ?? null,
  };
}

/** A group that is chosen narrows the sums, and the next question is asked of them. */
export function narrowedTo(by: Exclude<Dimension, "day">, key: string): Chosen {
  const next = {
    person: "day",
    provider: "model",
    model: "person",
    feature: "person",
    key: "day",
  } as const;
  return { [by]: key, by: next[by] };
}

function withOthers({ groups, others, otherGroups }: UsageSummary): UsageGroup[] {
  if (otherGroups === 0) return groups;
  return [...groups, { ...others, key: "" }];
}

function othersText({ otherGroups }: UsageSummary): string {
  return plural(otherGroups, { one: "# other", other: "# others" });
}

/** The groups as they are called on the screen; the rest, without a key, at the end. */
export function namedGroups(
  summary: UsageSummary,
  by: Dimension,
  keys: KeyNames = new Map(),
): NamedGroup[] {
  return withOthers(summary).map((group) => {
    const { key } = group;
    if (key === "") return { ...group, name: othersText(summary) };
    if (by === "person") return { ...group, ...personName(summary.people, key) };
    if (by === "key") return { ...group, ...ownedKeyName(keys, key) };
    if (by === "day") return { ...group, name: dayText(key) };
    return { ...group, name: by === "feature" ? featureName(key) : key };
  });
}

/** What is shown, for other programs. */
export function tableOf(summary: UsageSummary, by: Dimension, keys: KeyNames = new Map()): Table {
  const rows = withOthers(summary);
  if (by === "key") {
    return {
      columns: ["key", "keyId", "person"],
      rows: rows.map((sums) => {
        const known = keys.get(sums.key);
        const name = sums.key === "" ? othersText(summary) : (known?.name ?? "");
        return { texts: [name, sums.key, known?.owner.name ?? known?.owner.email ?? ""], sums };
      }),
    };
  }
  if (by !== "person") {
    return {
      columns: [by],
      rows: rows.map((sums) => ({ texts: [sums.key || othersText(summary)], sums })),
    };
  }
  const people = new Map(summary.people.map((person) => [person.id, person]));
  return {
    columns: ["person", "email", "id"],
    rows: rows.map((sums) => {
      const { name, email } = people.get(sums.key) ?? { name: null, email: null };
      const person = sums.key === "" ? othersText(summary) : (name ?? "");
      return { texts: [person, email ?? "", sums.key], sums };
    }),
  };
}

/** The name of a file that says what is in it. */
export function fileName({ by, firstDay, lastDay, ...narrowed }: SummarizeUsage): string {
  const { provider, model, feature, person, key } = narrowed;
  const subjects = [person ? "of-a-person" : null, key ? "of-a-key" : null];
  const parts = [...subjects, provider, model, feature, `by-${by}`];
  const of = parts
    .filter(Boolean)
    .join("-")
    .replaceAll(/[^\w.-]+/g, "-");
  return `usage-${of}-${firstDay}-to-${lastDay}`;
}
