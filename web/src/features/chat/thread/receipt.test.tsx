import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Receipt } from "@/contract/contract.gen";

import { ReceiptLine } from "./receipt";
import { ThreadProvider, type ThreadActions } from "./thread-context";

const made: Receipt = {
  modelAsked: "m/1",
  modelUsed: "1",
  reason: "complete",
  usage: null,
  cost: { micros: 0, source: "cache", partial: false },
  firstTokenMs: 5,
  totalMs: 20,
  attempts: [],
  contextMessages: 0,
  leftOutMessages: 0,
  leftOutIds: [],
  summaryUsed: false,
  cached: { madeAt: "2026-11-27T09:30:00+00:00", savedMicros: 1234 },
  wish: null,
  reasoningMs: null,
};

function show(receipt: Receipt, onAgain: (() => void) | null = null): void {
  const actions = { modelName: (id: string) => id } as ThreadActions;
  render(
    <ThreadProvider value={actions}>
      <ReceiptLine receipt={receipt} modelName="One" onAgain={onAgain} />
    </ThreadProvider>,
  );
}

const line = () => document.querySelector("summary")?.textContent;

it("says that an answer came from the cache, when it was made, and what it saved", () => {
  const onAgain = vi.fn();
  show(made, onAgain);
  expect(line()).toBe("Receipt: One · From the cache · saved $0.0012 · total 20 ms");
  expect(screen.getByText("Made").nextSibling?.textContent).toContain("2026");
  expect(screen.getByText("Saved").nextSibling?.textContent).toBe("$0.0012");
  fireEvent.click(screen.getByRole("button", { name: "Ask again without the cache" }));
  expect(onAgain).toHaveBeenCalledOnce();
});

it("names no saving that is not known", () => {
  show({ ...made, cached: { madeAt: made.cached?.madeAt ?? "", savedMicros: null } });
  expect(line()).toBe("Receipt: One · From the cache · total 20 ms");
  expect(screen.queryByRole("button")).toBeNull();
});

it("says nothing of a cache where a model answered", () => {
  const cost = { micros: 1234, source: "a price list", partial: false };
  show({ ...made, cost, cached: null }, vi.fn());
  expect(screen.queryByText(/the cache/)).toBeNull();
});
