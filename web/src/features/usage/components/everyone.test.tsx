import { fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { UsageSummary } from "@/contract/contract.gen";
import { forgetAnswers } from "@/contract/query";
import { usageGroup, usageSummary } from "@/testing/usage-summary";

import type { Chosen } from "../state/everyone";
import { Everyone } from "./everyone";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

const onChoose = vi.fn();

function page(chosen: Chosen) {
  return <Everyone chosen={chosen} onChoose={onChoose} />;
}

function show(chosen: Chosen) {
  return render(page(chosen));
}

const owner = { id: "uid-1", name: "Ada Lovelace", email: null };
const key = { id: "0a".repeat(10), name: "Nightly report", revoked: false, owner };

function answers(summary: UsageSummary | Error): void {
  vi.mocked(call).mockImplementation((name) => {
    if (name === "budgets.list")
      return Promise.resolve({ budgets: [], timeZone: "UTC", cache: "off" }) as never;
    if (name === "keys.names") return Promise.resolve({ keys: [key] }) as never;
    return summary instanceof Error ? Promise.reject(summary) : (Promise.resolve(summary) as never);
  });
}

const asked = () => vi.mocked(call).mock.calls.filter(([name]) => name === "usage.summarize");

beforeEach(() => {
  vi.mocked(call).mockReset();
  forgetAnswers();
  onChoose.mockReset();
});

it("shows people by name, dearest first, with what they cost in all", async () => {
  answers(usageSummary());
  show({ by: "person", days: 7 });
  const table = await screen.findByRole("table", { name: "What everyone used, by person" });
  const rows = within(table).getAllByRole("row").slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    "Ada Lovelaceada@example.com100$1.50",
    "bob@example.com100$0.25",
    "Total200$1.75",
  ]);
  screen.getByRole("img", { name: /^Cost by person, as bars: 2, the largest Ada Lovelace/ });
  screen.getByText(/What had ended by .* is counted/);
  expect(asked()).toHaveLength(1);
});

it("shows keys as their persons named them, and asks for their names once", async () => {
  const { id } = key;
  const groups = [usageGroup(id, { micros: 5 }), usageGroup("none", { micros: 3 })];
  answers(usageSummary({ groups }));
  show({ by: "key" });
  const table = await screen.findByRole("table", { name: "What everyone used, by key" });
  await within(table).findByText("Nightly report");
  within(table).getByText("Ada Lovelace, cck_0a0a0a");
  fireEvent.click(within(table).getByRole("button", { name: "Nightly report" }));
  expect(onChoose).toHaveBeenCalledWith({ key: id, by: "day" });
  const named = vi.mocked(call).mock.calls.filter(([name]) => name === "keys.names");
  expect(named).toEqual([["keys.names", { keyIds: [id] }]]);
});

it("says which key alone is shown, and shows all again", async () => {
  answers(usageSummary());
  show({ key: "none" });
  await screen.findByText("Only what was used without a key");
  fireEvent.click(screen.getByRole("button", { name: "Show all keys" }));
  expect(onChoose).toHaveBeenCalledWith({ key: undefined });
});

it("narrows to who is chosen in the table", async () => {
  answers(usageSummary());
  show({ by: "person" });
  fireEvent.click(await screen.findByRole("button", { name: "Ada Lovelace" }));
  expect(onChoose).toHaveBeenCalledWith({ person: "uid-1", by: "day" });
});

it("says whom it is narrowed to, and takes that back", async () => {
  answers(usageSummary());
  show({ by: "model", person: "uid-1" });
  await screen.findByText("Only Ada Lovelace");
  fireEvent.click(screen.getByRole("button", { name: "Show everyone" }));
  expect(onChoose).toHaveBeenCalledWith({ person: undefined });
});

it("offers the models of the chosen provider, and forgets the model with another one", async () => {
  answers(usageSummary());
  show({ provider: "openai", model: "openai/a" });
  await screen.findByRole("option", { name: "mistral" });
  expect(screen.queryByRole("option", { name: "mistral/b" })).toBeNull();
  fireEvent.change(screen.getByRole("combobox", { name: "Provider" }), {
    target: { value: "mistral" },
  });
  expect(onChoose).toHaveBeenCalledWith({ provider: "mistral", model: undefined });
  fireEvent.change(screen.getByRole("combobox", { name: "Period" }), { target: { value: "90" } });
  expect(onChoose).toHaveBeenCalledWith({ days: 90, month: undefined });
});

it("shows the rest in one line that leads nowhere", async () => {
  answers(usageSummary({ others: usageGroup("", { calls: 40 }), otherGroups: 9_900 }));
  show({ by: "person" });
  await screen.findByText("9,900 others");
  expect(screen.queryByRole("button", { name: "9,900 others" })).toBeNull();
});

it("says that nothing was used, and whether that is for what is chosen", async () => {
  answers(usageSummary({ groups: [], people: [] }));
  const { rerender } = show({});
  await screen.findByText("What people ask is counted here as soon as it is answered.");
  expect(screen.queryByRole("button", { name: "Export CSV" })).toBeNull();
  rerender(page({ feature: "proxy" }));
  await screen.findByText("Of what is chosen, nothing was used.");
});

it("keeps what it had while it asks, as what it was", async () => {
  answers(usageSummary());
  const { rerender } = show({ by: "person" });
  await screen.findByRole("button", { name: "Ada Lovelace" });
  vi.mocked(call).mockReturnValue(new Promise(() => {}));
  rerender(page({ by: "model" }));
  expect(screen.getByRole("table", { name: "What everyone used, by person" })).toBeDefined();
});

it("says what went wrong, and asks again", async () => {
  answers(new Error("Only an administrator of this workspace can do this."));
  show({});
  await screen.findByText("Only an administrator of this workspace can do this.");
  answers(usageSummary({ groups: [usageGroup("2026-11-27")] }));
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table", { name: "What everyone used, by day" })).toBeDefined();
});
