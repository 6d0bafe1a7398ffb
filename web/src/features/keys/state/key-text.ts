/** What a key is, as people read it. */
import { t } from "@lingui/core/macro";

import type { KeyView } from "@/contract/contract.gen";
import { amountText, countText } from "@/i18n/amounts";
import { formatDate } from "@/i18n/format";

function dayText(at: string): string {
  return formatDate(new Date(at), { day: "numeric", month: "short", year: "numeric" });
}

/** What of its own budget is used; null for a key that has none. */
export function budgetText({ budget, used }: KeyView): string | null {
  if (budget === null) return null;
  const taken = countText(used ?? 0, budget.unit);
  const limit = amountText(budget.limit, budget.unit);
  switch (budget.period) {
    case "minute":
      return t`${{ taken }} of ${{ limit }} a minute used.`;
    case "hour":
      return t`${{ taken }} of ${{ limit }} an hour used.`;
    case "day":
      return t`${{ taken }} of ${{ limit }} a day used.`;
    case "week":
      return t`${{ taken }} of ${{ limit }} a week used.`;
    case "month":
      return t`${{ taken }} of ${{ limit }} a month used.`;
    case "ever":
      return t`${{ taken }} of ${{ limit }} for good used.`;
  }
}

/** When it was made, used last, and ends. */
export function lifeText({ createdAt, lastUsedDay, expiresAt, expired }: KeyView): string {
  const made = dayText(createdAt);
  const end = dayText(expiresAt);
  if (lastUsedDay === null) {
    return expired
      ? t`Made ${{ made }}, never used, expired ${{ end }}.`
      : t`Made ${{ made }}, never used, expires ${{ end }}.`;
  }
  // The day is one of the workspace's time zone: noon is on it wherever this is read.
  const used = dayText(`${lastUsedDay}T12:00`);
  return expired
    ? t`Made ${{ made }}, used ${{ used }}, expired ${{ end }}.`
    : t`Made ${{ made }}, used ${{ used }}, expires ${{ end }}.`;
}

/** A request that can be tried in a terminal: which models the key may ask. */
export function exampleOf(functions: string, token: string): string {
  return [
    `curl ${functions}/api/models.list \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"data": {}}'`,
  ].join("\n");
}
