import { expect, it } from "vitest";

import type { Entry } from "./entries";
import { wordsSince } from "./jump-to-latest";

const thread = [
  { key: "a", text: "one two" },
  { key: "b", text: "three four five" },
  { key: "c", text: "six" },
  { key: "d", text: "« sept » — huit, neuf ! 蟻の巣 is 3 字。" },
] as Entry[];

it("counts what came behind the place where one left", () => {
  expect(wordsSince(thread, { key: "b", length: 5 })).toBe(3 + 9);
  expect(wordsSince(thread, { key: "d", length: 0 })).toBe(9);
  expect(wordsSince(thread, { key: "d", length: 23 })).toBe(6);
  expect(wordsSince(thread, { key: "gone", length: 0 })).toBe(0);
});
