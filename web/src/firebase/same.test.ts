import { expect, it } from "vitest";

import { keepSame } from "./same";

const message = (id: string, text: string) => ({ id, text, at: new Date(5) });

it("keeps the whole list where nothing has changed", () => {
  const known = [message("a", "one"), message("b", "two")];
  expect(keepSame(known, [message("a", "one"), message("b", "two")])).toBe(known);
});

it("keeps what has not changed, wherever it stands now", () => {
  const known = [message("a", "one"), message("b", "two")];
  const next = keepSame(known, [message("c", "new"), message("a", "one"), message("b", "changed")]);
  expect(next.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  expect(next[1]).toBe(known[0]);
  expect(next[2]).toEqual(message("b", "changed"));
});

it("is another list when one is gone, or they change places", () => {
  const known = [message("a", "one"), message("b", "two")];
  expect(keepSame(known, [message("a", "one")])).toEqual([known[0]]);
  expect(keepSame(known, [message("b", "two"), message("a", "one")])).toEqual(known.toReversed());
});

it("takes a very long list as it is", () => {
  const known = Array.from({ length: 501 }, (_, index) => message(String(index), "one"));
  const next = known.map((one) => ({ ...one }));
  expect(keepSame(known, next)).toBe(next);
});

it("keeps one document, and takes what is there now otherwise", () => {
  const known: { id: string; text: string } | null = message("a", "one");
  expect(keepSame(known, message("a", "one"))).toBe(known);
  expect(keepSame(known, message("a", "two"))).toEqual(message("a", "two"));
  expect(keepSame<unknown>(known, null)).toBeNull();
  expect(keepSame<unknown>(null, known)).toBe(known);
});
