import { t } from "@lingui/core/macro";

import { formatDate } from "@/i18n/format";

import type { Conversation } from "../api/conversations";

export interface DayGroup {
  label: string;
  conversations: Conversation[];
}

const dayMs = 86_400_000;

function label(date: Date, startOfToday: number): string {
  const age = startOfToday - date.getTime();
  if (age <= 0) return t`Today`;
  if (age <= dayMs) return t`Yesterday`;
  if (age <= 7 * dayMs) return t`Last 7 days`;
  return formatDate(date, { month: "long", year: "numeric" });
}

/** Splits a list that is sorted by last change into days, then weeks, then months. */
export function groupByDay(conversations: readonly Conversation[], now = new Date()): DayGroup[] {
  const startOfToday = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups: DayGroup[] = [];
  for (const conversation of conversations) {
    const name = label(conversation.updatedAt, startOfToday);
    const last = groups.at(-1);
    if (last?.label === name) last.conversations.push(conversation);
    else groups.push({ label: name, conversations: [conversation] });
  }
  return groups;
}
