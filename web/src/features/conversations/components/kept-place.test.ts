import { renderHook } from "@testing-library/react";
import type { RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import { expect, test } from "vitest";

import type { Listed } from "./days";
import { useKeptPlace } from "./kept-place";

const height = 30;

/** Rows of 30 px in a box whose scrolling is told when the test says so. */
function aList(count: number) {
  const rowsOf = (ids: readonly number[]) =>
    ids.map((id) => ({ conversation: { id: String(id) } }) as Listed);
  const element = document.createElement("div");
  element.scrollTo = (to?: ScrollToOptions | number) => {
    element.scrollTop = typeof to === "object" ? (to.top ?? 0) : 0;
  };
  const list = {
    findItemIndex: (offset: number) => Math.floor(offset / height),
    getItemOffset: (index: number) => index * height,
  } as VirtualizerHandle;
  const refs: [RefObject<HTMLElement | null>, RefObject<VirtualizerHandle | null>] = [
    { current: element },
    { current: list },
  ];
  const ids = Array.from({ length: count }, (_, index) => index);
  const { result, rerender } = renderHook(({ rows }) => useKeptPlace(rows, ...refs), {
    initialProps: { rows: rowsOf(ids) },
  });
  return {
    ids,
    element,
    tell: () => result.current(element.scrollTop),
    show: (shown: readonly number[]) => rerender({ rows: rowsOf(shown) }),
  };
}

test("what is seen stays when a row comes in above it", () => {
  const { ids, element, tell, show } = aList(100);
  element.scrollTop = 1_510;
  tell();
  show([100, ...ids]);
  expect(element.scrollTop).toBe(1_540);
});

test("what is seen stays when the first row seen goes to the top", () => {
  const { ids, element, tell, show } = aList(100);
  element.scrollTop = 1_510;
  tell();
  show([50, ...ids.filter((id) => id !== 50)]);
  expect(element.scrollTop).toBe(1_510);
});

test("rows that come before a scroll was told do not take it back", () => {
  const { ids, element, tell, show } = aList(100);
  element.scrollTop = 2_000;
  tell();
  element.scrollTop = 0;
  show([...ids]);
  expect(element.scrollTop).toBe(0);
  element.scrollTop = 600;
  show([100, ...ids]);
  expect(element.scrollTop).toBe(630);
});
