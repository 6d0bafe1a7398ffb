import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Skeleton } from "./skeleton";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function after(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

const bars = () => document.querySelector("[aria-hidden]");

it("a skeleton has its place at once, and shows its bars after 150 ms, not sooner", () => {
  render(<Skeleton label="messages" lines={["w-1/2", "w-full"]} />);
  expect(bars()?.children).toHaveLength(2);
  after(149);
  expect(bars()?.className).toContain("invisible");
  after(1);
  expect(bars()?.className).not.toContain("invisible");
});

it("what loads within 150 ms never shows them", () => {
  const { rerender } = render(<Skeleton label="messages" lines={["w-1/2"]} />);
  after(149);
  rerender(<p>Loaded</p>);
  after(1_000);
  expect(bars()).toBeNull();
});
