import { expect, it } from "vitest";

import { findItems } from "./items";

function group(value: string, names: readonly string[]) {
  return { value, items: names.map((label) => ({ key: label, label, run: () => {} })) };
}

const groups = [
  group("Actions", ["New chat", "Settings"]),
  group("Conversations", ["The renewal", "A new hive", "Bees", "1", "2", "3", "4", "5"]),
];

function labels(query: string): string[] {
  return findItems(groups, query).flatMap(({ items }) => items.map(({ label }) => label));
}

it("words may be begun, in any order; what begins with them comes first", () => {
  expect(labels("new")).toEqual(["New chat", "A new hive", "The renewal"]);
  expect(labels("hive n")).toEqual(["A new hive"]);
  expect(labels("zebra")).toEqual([]);
});

it("before anything is typed, each group shows its first few", () => {
  expect(findItems(groups, " ").map(({ items }) => items.length)).toEqual([2, 6]);
});
