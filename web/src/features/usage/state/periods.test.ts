import { expect, it } from "vitest";

import { dayIn, daysUpTo, dayText } from "./periods";

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

it("names a day wherever the person is", () => {
  expect(dayText("2026-11-27", "en-GB")).toBe("Fri 27 Nov");
  expect(dayText("", "en-GB")).toBe("");
});
