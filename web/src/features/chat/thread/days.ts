import { t } from "@lingui/core/macro";

import { formatDate } from "@/i18n/format";

import type { Entry } from "./entries";

/** The days on which the messages begin that are the first of theirs, by the messages' keys. */
export function firstOfDays(entries: readonly Entry[]): ReadonlyMap<string, Date> {
  const days = new Map<string, Date>();
  let last: string | null = null;
  for (const { key, message } of entries) {
    if (!message?.createdAt) continue;
    const day = message.createdAt.toDateString();
    if (day !== last) days.set(key, message.createdAt);
    last = day;
  }
  return days;
}

/** A day as one speaks of it. */
export function dayText(day: Date, now = new Date()): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return t`Today`;
  if (day.toDateString() === yesterday.toDateString()) return t`Yesterday`;
  return formatDate(day, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(day.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  });
}
