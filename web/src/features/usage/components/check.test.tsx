import { fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { Figures, RebuiltDay, Reconciliation } from "@/contract/contract.gen";

import { forgetAnswers } from "@/contract/query";

import { largestReport } from "../state/bill";
import { CompareBill } from "./compare-bill";
import { DayCheck } from "./day-check";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

function cells(table: string): (string | null)[][] {
  const rows = within(screen.getByRole("table", { name: table })).getAllByRole("row");
  return rows.map((row) => [...row.children].map(({ textContent }) => textContent));
}

beforeEach(() => {
  vi.mocked(call).mockReset();
  forgetAnswers();
});

describe("a bill", () => {
  const micros = (amount: number): Figures => ({
    micros: amount,
    inputTokens: null,
    outputTokens: null,
  });
  const tokens = (input: number, output: number): Figures => ({
    micros: null,
    inputTokens: input,
    outputTokens: output,
  });
  const line = (ours: Figures, theirs: Figures, difference: Figures) => ({
    day: "2026-11-26",
    model: "gpt-5-nano",
    ours,
    theirs,
    difference,
  });
  const costs: Reconciliation = {
    provider: "openai",
    kind: "costs",
    complete: true,
    lines: [line(micros(1_000_000), micros(1_250_000), micros(-250_000))],
    ours: micros(1_000_000),
    theirs: micros(1_250_000),
    difference: micros(-250_000),
  };

  function choose(text: string): void {
    render(<CompareBill />);
    const field = screen.getByLabelText(/Choose a report/);
    fireEvent.change(field, { target: { files: [new File([text], "costs.csv")] } });
  }

  it("of costs is compared by day and model", async () => {
    vi.mocked(call).mockResolvedValue(costs);
    choose("usage_date_utc");
    await screen.findByText("1 of 1 lines differs.");
    expect(call).toHaveBeenCalledWith("usage.reconcile", { text: "usage_date_utc" });
    expect(cells("Ours and theirs, by day and model").slice(1)).toEqual([
      [expect.stringContaining("26"), "gpt-5-nano", "$1.00", "$1.25", "-$0.25"],
      ["Total", "", "$1.00", "$1.25", "-$0.25"],
    ]);
  });

  it("of usage is compared in tokens, and says when it agrees or has further pages", async () => {
    const ours = tokens(1200, 30);
    vi.mocked(call).mockResolvedValue({
      ...costs,
      kind: "usage",
      complete: false,
      lines: [line(ours, ours, tokens(0, 0))],
      ours,
      theirs: ours,
      difference: tokens(0, 0),
    });
    choose("{}");
    await screen.findByText("Every day agrees.");
    screen.getByText(/further pages/);
    expect(cells("Ours and theirs, by day and model").at(-1)).toEqual([
      "Total",
      "",
      "1,200",
      "1,200",
      "0",
      "30",
      "30",
      "0",
    ]);
  });

  it("that cannot be read says why", async () => {
    vi.mocked(call).mockRejectedValue(new Error("Line 3: only amounts in USD can be compared."));
    choose("x");
    await screen.findByText("costs.csv cannot be compared.");
    expect(screen.getByText("Line 3: only amounts in USD can be compared.")).toBeDefined();
  });

  it("that is too long is not sent", async () => {
    choose("x".repeat(largestReport + 1));
    await screen.findByText(/longer than 2 MiB/);
    expect(call).not.toHaveBeenCalledWith("usage.reconcile", expect.anything());
  });
});

describe("a day", () => {
  const day: RebuiltDay = {
    day: "2026-11-26",
    entries: 12,
    differences: [
      {
        ownerId: "uid-1",
        model: "openai/a",
        feature: "turn",
        keyId: null,
        name: "micros",
        ledger: 100_000,
        stored: 40_000,
      },
    ],
    people: [{ id: "uid-1", name: "Ada Lovelace", email: null }],
    moving: 0,
    repaired: 0,
  };

  async function check(found: RebuiltDay): Promise<void> {
    vi.mocked(call).mockImplementation(
      (name) =>
        Promise.resolve(
          name === "budgets.list" ? { budgets: [], timeZone: "UTC", cache: "off" } : found,
        ) as never,
    );
    render(<DayCheck />);
    fireEvent.change(screen.getByLabelText("Day"), { target: { value: found.day } });
    fireEvent.click(screen.getByRole("button", { name: "Check" }));
    await screen.findByText(/of the ledger/);
  }

  it("that agrees changes nothing and offers nothing", async () => {
    await check({ ...day, differences: [], people: [] });
    screen.getByText(/12 entries of the ledger, and the sums agree/);
    expect(call).toHaveBeenCalledWith("usage.rebuild", { day: "2026-11-26", repair: false });
    expect(screen.queryByRole("button", { name: "Put the sums right" })).toBeNull();
  });

  it("that differs says where, and is put right when that is asked for", async () => {
    await check(day);
    expect(cells("What differs from the ledger")[1]).toEqual([
      "Ada Lovelace",
      "openai/a",
      "Answers",
      "Cost",
      "$0.10",
      "$0.04",
    ]);
    screen.getByText(/The ledger and what was charged stay as they are/);
    vi.mocked(call).mockResolvedValue({ ...day, repaired: 1 });
    fireEvent.click(screen.getByRole("button", { name: "Put the sums right" }));
    await screen.findByText(/These sums were put right/);
    expect(call).toHaveBeenLastCalledWith("usage.rebuild", { day: "2026-11-26", repair: true });
    expect(screen.queryByRole("button", { name: "Put the sums right" })).toBeNull();
  });

  it("of which something moves says so", async () => {
    await check({ ...day, differences: [], moving: 2 });
    expect(screen.getByText(/changed meanwhile/).textContent).toContain("2 changed");
  });

  it("that is too much to be summed says so", async () => {
    vi.mocked(call).mockRejectedValue(new Error("This is more than 50000 entries."));
    render(<DayCheck />);
    fireEvent.click(screen.getByRole("button", { name: "Check" }));
    expect(await screen.findByText("This is more than 50000 entries.")).toBeDefined();
  });
});
