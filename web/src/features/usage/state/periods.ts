/** Days as the ledger names them: dates (ISO 8601) in the time zone of the workspace. */
import { formatDate } from "@/i18n/format";

export type Period = 7 | 30 | 90;

const dayMs = 86_400_000;

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
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

export function daysBetween(first: string, last: string): string[] {
  return daysUpTo(last, Math.round((Date.parse(last) - Date.parse(first)) / dayMs) + 1);
}

/** Months (`2026-11`) up to that of a day, the last one first. */
export function monthsUpTo(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split("-").map(Number);
  return Array.from({ length: count }, (_, past) =>
    new Date(Date.UTC(year, month - 1 - past)).toISOString().slice(0, 7),
  );
}

/** The days of a month, as far as they have begun. */
export function daysOfMonth(month: string, today: string): string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const days = Array.from(
    { length },
    (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`,
  );
  return days.filter((day) => day <= today);
}

export function monthText(month: string): string {
  return formatDate(new Date(month), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

export function dayText(day: string): string {
  const date = new Date(day);
  if (Number.isNaN(date.getTime())) return day;
  return formatDate(date, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
