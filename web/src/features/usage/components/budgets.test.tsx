import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { BudgetLeft } from "@/contract/contract.gen";
import { forgetAnswers } from "@/contract/query";

import { budgetLeft } from "@/testing/budget-left";

import { Budgets } from "./budgets";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

const budget = budgetLeft({ reserved: 200_000 });

function show() {
  return render(<Budgets />);
}

function answers(...budgets: BudgetLeft[]): void {
  vi.mocked(call).mockResolvedValue({ budgets, timeZone: "UTC", cache: "off" });
}

beforeEach(() => {
  vi.mocked(call).mockReset();
  forgetAnswers();
});

it("each has a meter of what is used and reserved, what is left and when it renews", async () => {
  answers(budget);
  show();
  const meter = await screen.findByRole("meter", { name: "Each person: $5.00 a day" });
  expect(meter.getAttribute("aria-valuenow")).toBe("40");
  expect(meter.getAttribute("aria-valuetext")).toBe("$2.00 of $5.00");
  screen.getByText("$3.00 left");
  screen.getByText("$1.80 of $5.00 used, $0.20 reserved for running answers");
  screen.getByText("Never renews.");
});

it("one of nothing is used up", async () => {
  answers({ ...budget, limit: 0, used: 0, reserved: 0 });
  show();
  await screen.findByText("Used up");
  expect(screen.getByRole("meter").getAttribute("aria-valuenow")).toBe("100");
});

it("one of answers at once says how many are being written", async () => {
  answers({ ...budget, unit: "answers", limit: 3, used: 0, reserved: 1 });
  show();
  await screen.findByText("1 of 3 answers being written");
  screen.getByText("2 answers left");
  expect(screen.queryByText("Never renews.")).toBeNull();
});

it("one that only warns says so", async () => {
  answers({ ...budget, hard: false, unit: "requests", limit: 100, used: 120, reserved: 0 });
  show();
  await screen.findByText(/Only warns/);
  expect(screen.getByRole("meter").getAttribute("aria-valuetext")).toBe("120 of 100 requests");
});

it("nothing is there where there are none", async () => {
  answers();
  const { container } = show();
  await waitFor(() => expect(call).toHaveBeenCalledOnce());
  await new Promise((done) => setTimeout(done));
  expect(container.textContent).toBe("");
});

it("what could not be loaded can be asked for again", async () => {
  vi.mocked(call).mockRejectedValueOnce(new Error("away"));
  show();
  const again = await screen.findByRole("button", { name: "Try again" });
  answers(budget);
  fireEvent.click(again);
  await screen.findByText("$3.00 left");
  expect(screen.queryByRole("button")).toBeNull();
});
