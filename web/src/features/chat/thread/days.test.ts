import { expect, it } from "vitest";

import { dayText, firstOfDays } from "./days";
import type { Entry } from "./entries";

function entry(key: string, createdAt: Date | null): Entry {
  return { key, message: createdAt && { createdAt } } as Entry;
}

it("a day is said at its first message, and not again", () => {
  const monday = new Date(2026, 10, 23, 9);
  const tuesday = new Date(2026, 10, 24, 0, 1);
  const days = firstOfDays([
    entry("a", monday),
    entry("b", new Date(2026, 10, 23, 23, 59)),
    entry("c", null),
    entry("d", tuesday),
  ]);
  expect([...days]).toEqual([
    ["a", monday],
    ["d", tuesday],
  ]);
});

it("days are called as one speaks of them", () => {
  const now = new Date(2026, 0, 2, 12);
  expect(dayText(new Date(2026, 0, 2, 1), now)).toBe("Today");
  expect(dayText(new Date(2026, 0, 1, 23), now)).toBe("Yesterday");
  expect(dayText(new Date(2025, 11, 31), now)).toBe("Wednesday, December 31, 2025");
});
