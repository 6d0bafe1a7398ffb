import { i18n } from "@lingui/core";
import { expect, it } from "vitest";

import {
  formatDate,
  formatDollars,
  formatList,
  formatMoment,
  formatNumber,
  formatTime,
} from "./format";

const at = new Date(2026, 10, 27, 16, 5);

/** What separates numbers from their units is a space that does not break. */
function written(language: string, locales?: string): string[] {
  i18n.loadAndActivate({ locale: language, ...(locales ? { locales } : {}), messages: {} });
  return [
    formatNumber(1_234.5),
    formatDollars(3_200_000),
    formatDate(at, { dateStyle: "long" }),
    formatTime(at, { timeStyle: "short" }),
    formatList(["a", "b"]),
  ].map((text) => text.replaceAll(/[\u00A0\u202F]/g, " "));
}

it("numbers, money, dates and lists are written as the language writes them", () => {
  expect(written("en")).toEqual(["1,234.5", "$3.20", "November 27, 2026", "4:05 PM", "a, b"]);
  expect(written("de")).toEqual(["1.234,5", "3,20 $", "27. November 2026", "16:05", "a und b"]);
  expect(written("ja")).toEqual(["1,234.5", "$3.20", "2026年11月27日", "16:05", "a、b"]);
});

it("a country writes its language in its own way", () => {
  expect(written("en", "en-GB")).toEqual(["1,234.5", "$3.20", "27 November 2026", "16:05", "a, b"]);
  expect(written("de", "de-AT")[0]).toBe("1 234,5");
});

it.each([
  ["en", "Friday 4:05 PM", "Friday 12:00 AM"],
  ["en-GB", "Friday 16:05", "Friday 00:00"],
  ["de", "Freitag, 16:05", "Freitag, 00:00"],
  ["ar", "الجمعة 4:05 م", "الجمعة 12:00 ص"],
])("hours have two digits where the clock has 24: %s", (locale, afternoon, midnight) => {
  i18n.loadAndActivate({ locale, messages: {} });
  const moment = (time: Date) =>
    formatMoment(time, { weekday: "long" }).replaceAll(/[\u00A0\u202F]/g, " ");
  expect(moment(at)).toBe(afternoon);
  expect(moment(new Date(2026, 10, 27))).toBe(midnight);
});
