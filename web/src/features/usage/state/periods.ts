/** Days as the ledger names them: dates (ISO 8601) in the time zone of the workspace. */
export type Period = 7 | 30 | 90;

export function dayIn(timeZone: string, at = new Date()): string {
  try {
    return at.toLocaleDateString("sv", { timeZone });
  } catch {
    // This browser knows the zone by no name.
    return at.toISOString().slice(0, 10);
  }
}

/** So many days, of which `last` is the last. */
export function daysUpTo(last: string, count: number): string[] {
  const end = Date.parse(last);
  const dayMs = 86_400_000;
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

export function dayText(day: string, locale?: string): string {
  const date = new Date(day);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
