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
