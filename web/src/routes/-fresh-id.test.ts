import { afterEach, expect, it } from "vitest";

import { freshId, takeFreshId } from "./-fresh-id";

afterEach(() => sessionStorage.clear());

it("is the same over a reload, until the new chat has begun", () => {
  const id = freshId();
  expect(freshId()).toBe(id);
  takeFreshId();
  expect(freshId()).not.toBe(id);
});
