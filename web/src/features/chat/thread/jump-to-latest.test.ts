import { expect, it } from "vitest";

import type { Entry } from "./entries";
import { wordsSince } from "./jump-to-latest";

const thread = [
  { key: "a", text: "one two" },
  { key: "b", text: "three four five" },
  { key: "c", text: "six" },
] as Entry[];

it("counts what came behind the place where one left", () => {
  expect(wordsSince(thread, { key: "b", length: 5 })).toBe(3);
  expect(wordsSince(thread, { key: "c", length: 3 })).toBe(0);
  expect(wordsSince(thread, { key: "gone", length: 0 })).toBe(0);
});
