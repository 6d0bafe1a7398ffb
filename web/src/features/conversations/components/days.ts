import { t } from "@lingui/core/macro";

import { formatDate } from "@/i18n/format";

import type { Conversation } from "../api/conversations";

export interface Listed {
  conversation: Conversation;
  /** The day, week or month that begins with it; null where that has begun above. */
  day: string | null;
}

const dayMs = 86_400_000;

function label(date: Date, startOfToday: number): string {
  const age = startOfToday - date.getTime();
  if (age <= 0) return t`Today`;
  if (age <= dayMs) return t`Yesterday`;
  if (age <= 7 * dayMs) return t`Last 7 days`;
  return formatDate(date, { month: "long", year: "numeric" });
}

/** A list that is sorted by last change, with the days, then weeks, then months that it is of. */
export function withDays(conversations: readonly Conversation[], now = new Date()): Listed[] {
  const startOfToday = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  let above: string | null = null;
  return conversations.map((conversation) => {
    const own = label(conversation.updatedAt, startOfToday);
    const day = own === above ? null : own;
    above = own;
    return { conversation, day };
  });
}
