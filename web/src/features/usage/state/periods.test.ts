import { i18n } from "@lingui/core";
import { expect, it } from "vitest";

import {
  dayIn,
  daysBetween,
  daysOfMonth,
  daysUpTo,
  dayText,
  monthsUpTo,
  monthText,
} from "./periods";

i18n.activate("en", "en-GB");

it("takes the day of the workspace's time zone, and UTC where the browser does not know it", () => {
  const late = new Date("2026-11-27T20:30:00Z");
  expect(dayIn("Asia/Tokyo", late)).toBe("2026-11-28");
  expect(dayIn("America/New_York", late)).toBe("2026-11-27");
  expect(dayIn("Nowhere/Ever", late)).toBe("2026-11-27");
});

it("counts days over the ends of months and over the change of clocks", () => {
  expect(daysUpTo("2026-03-02", 3)).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
  const days = daysUpTo("2026-11-27", 90);
  expect([days.length, days[0], new Set(days).size]).toEqual([90, "2026-08-30", 90]);
});

it("knows the days between two, over the change of clocks", () => {
  expect(daysBetween("2026-10-24", "2026-10-26")).toEqual([
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
  ]);
});

it("names a day wherever the person is", () => {
  expect(dayText("2026-11-27")).toBe("Fri 27 Nov");
  expect(dayText("")).toBe("");
});

it("knows the months of a year, and the days of one that have begun", () => {
  expect(monthsUpTo("2026-02-28", 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
  expect(monthText("2026-11")).toBe("November 2026");
  expect(daysOfMonth("2028-02", "2028-11-28")).toHaveLength(29);
  expect(daysOfMonth("2026-11", "2026-11-02")).toEqual(["2026-11-01", "2026-11-02"]);
});
