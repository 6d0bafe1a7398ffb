/** What a key is, as people read it. */
import type { KeyBudget, KeyView } from "@/contract/contract.gen";

const articles: Record<KeyBudget["period"], string> = {
  minute: "a minute",
  hour: "an hour",
  day: "a day",
  week: "a week",
  month: "a month",
  ever: "for good",
};

function dayText(at: string): string {
  return new Date(at).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}

function amountText(amount: number, unit: KeyBudget["unit"]): string {
  if (unit !== "USD") return amount.toLocaleString("en");
  const dollars = amount / 1_000_000;
  const digits = dollars !== 0 && dollars < 0.01 ? 6 : 2;
  return `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

/** What of its own budget is used; null for a key that has none. */
export function budgetText({ budget, used }: KeyView): string | null {
  if (budget === null) return null;
  const { limit, unit, period } = budget;
  const what = unit === "USD" ? "" : ` ${unit}`;
  const share = `${amountText(used ?? 0, unit)} of ${amountText(limit, unit)}${what}`;
  return `${share} ${articles[period]} used`;
}

/** When it was made, used last, and ends. */
export function lifeText({ createdAt, lastUsedDay, expiresAt, expired }: KeyView): string {
  // The day is one of the workspace's time zone: noon is on it wherever this is read.
  const used = lastUsedDay === null ? "never used" : `used ${dayText(`${lastUsedDay}T12:00`)}`;
  return `Made ${dayText(createdAt)}, ${used}, ${expired ? "expired" : "expires"} ${dayText(expiresAt)}.`;
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
