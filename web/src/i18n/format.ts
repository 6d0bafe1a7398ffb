/** Numbers, amounts, dates and lists as the language on the screen writes them. */
import { i18n } from "@lingui/core";

function locales(): string | string[] {
  return i18n.locales ?? i18n.locale;
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(locales(), options);
}

/** `micros` are millionths of a dollar. */
export function formatDollars(micros: number, options?: Intl.NumberFormatOptions): string {
  return formatNumber(micros / 1_000_000, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    ...options,
  });
}

export function formatDate(at: Date, options: Intl.DateTimeFormatOptions): string {
  return at.toLocaleString(locales(), options);
}

/** A day as `date` says, and the time; its hour has one digit only where the clock has twelve. */
export function formatMoment(at: Date, date: Intl.DateTimeFormatOptions): string {
  const { hour12 } = new Intl.DateTimeFormat(locales(), { hour: "numeric" }).resolvedOptions();
  return formatDate(at, { ...date, hour: hour12 ? "numeric" : "2-digit", minute: "2-digit" });
}

export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locales(), { type: "conjunction", style: "narrow" }).format(items);
}

/** Their order, as for `sort`. */
export function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, locales(), { numeric: true, sensitivity: "base" });
}

export function formatTime(at: Date, options: Intl.DateTimeFormatOptions): string {
  return at.toLocaleTimeString(locales(), options);
}
