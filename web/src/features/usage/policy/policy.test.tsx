import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { BudgetState, PolicyView } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { forgetAnswers } from "@/contract/query";
import { ToastLayer } from "@/ui/notify";

import { Policy } from "./policy";
import type { BudgetRule } from "./rule";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

const rule: BudgetRule = {
  whom: "everyone",
  name: null,
  shared: true,
  limit: 20_000_000,
  unit: "USD",
  period: "month",
  models: "*",
  hard: true,
};

function state(known: Partial<BudgetState> = {}): BudgetState {
  return {
    id: known.text ?? "everyone-usd-month",
    text: "20 USD a month for all together",
    rule,
    fixed: false,
    holds: true,
    renewsAt: null,
    used: 12_000_000,
    reserved: 0,
    alerts: [50],
    people: null,
    ...known,
  };
}

function view(budgets: BudgetState[] = [], known: Partial<PolicyView> = {}): PolicyView {
  return {
    version: 1,
    rules: {
      budgets: budgets.filter(({ fixed }) => !fixed).map((one) => one.rule),
      unknownPrice: null,
      cache: null,
      keys: true,
      summaries: "at-once",
    },
    setting: {
      budgets: [],
      unknownPrice: { micros: null },
      cache: { seconds: 0, onRequest: false },
      keys: true,
      summaries: "at-once",
    },
    budgets,
    timeZone: "UTC",
    changedBy: null,
    changedAt: null,
    ...known,
  };
}

let held: PolicyView;
let refusals: OperationError[];
let saves: unknown[];

function show(now: PolicyView): void {
  held = now;
  render(
    <>
      <Policy models={["openai/o3"]} />
      <ToastLayer />
    </>,
  );
}

beforeEach(() => {
  forgetAnswers();
  refusals = [];
  saves = [];
  vi.mocked(call).mockImplementation((name, input) => {
    if (name === "policy.get") return Promise.resolve(held) as never;
    if (name !== "policy.save")
      return Promise.resolve({ budgets: [], timeZone: "UTC", cache: "off" }) as never;
    saves.push(input);
    const refusal = refusals.shift();
    if (refusal) return Promise.reject(refusal) as never;
    const { version, rules } = input as { version: number; rules: PolicyView["rules"] };
    held = view(
      rules.budgets.map((one) => state({ rule: one })),
      { version: version + 1, rules },
    );
    return Promise.resolve(held) as never;
  });
});

it("says that everybody may spend without a limit where there are no budgets", async () => {
  show(view());
  await screen.findByText(/everybody may spend without a limit/);
  expect(screen.queryByRole("listitem")).toBeNull();
});

it("shows how far each is used, and which cannot be changed", async () => {
  const people = { near: 2, over: 1, more: false };
  show(
    view([
      state(),
      state({ fixed: true, text: "fixed" }),
      state({ text: "each", used: null, reserved: null, alerts: [], people, holds: false }),
      state({
        text: "nobody",
        used: null,
        reserved: null,
        people: { ...people, near: 0, over: 0 },
      }),
    ]),
  );
  const [shared, fixed, each, nobody] = await screen.findAllByRole("listitem");
  const inside = (item: HTMLElement | undefined) => within(item ?? document.body);
  expect(inside(shared).getByRole("meter").getAttribute("aria-valuenow")).toBe("60");
  inside(shared).getByText("$12.00 of $20.00 used. Reached: 50 %");
  inside(fixed).getByText("Fixed where this workspace is deployed.");
  expect(inside(fixed).queryByRole("button")).toBeNull();
  inside(each).getByText("2 people have used 80 %, 1 person has used all of it.");
  inside(each).getByText("Another one for the same is stricter.");
  inside(nobody).getByText("Nobody has used 80 % of it.");
});

it("adds what is written, and says before what it will do", async () => {
  show(view());
  fireEvent.click(await screen.findByRole("button", { name: "Add a budget" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.click(dialog.getByRole("button", { name: "Add" }));
  dialog.getByText(/Write dollars as a number/);
  expect(saves).toEqual([]);
  fireEvent.change(dialog.getByLabelText("How much"), { target: { value: "2.5" } });
  dialog.getByText(/^Each person may spend up to \$2.50 a day on all models/);
  fireEvent.click(dialog.getByRole("button", { name: "Add" }));
  await screen.findByText("Each person: $2.50 a day");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(saves).toEqual([
    {
      version: 1,
      rules: {
        budgets: [{ ...rule, shared: false, limit: 2_500_000, period: "day" }],
        unknownPrice: null,
        cache: null,
        keys: true,
        summaries: "at-once",
      },
    },
  ]);
});

it("does not take a second budget for the same", async () => {
  show(view([state()]));
  fireEvent.click(await screen.findByRole("button", { name: "Add a budget" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.click(dialog.getByRole("radio", { name: "All together" }));
  fireEvent.change(dialog.getByLabelText("In which time"), { target: { value: "month" } });
  fireEvent.change(dialog.getByLabelText("How much"), { target: { value: "9" } });
  dialog.getByText(/There is a budget for the same already/);
  fireEvent.click(dialog.getByRole("button", { name: "Add" }));
  expect(saves).toEqual([]);
});

it("keeps what was written when somebody else was quicker, and saves it on top", async () => {
  show(view([state()]));
  fireEvent.click(await screen.findByRole("button", { name: "Add a budget" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.change(dialog.getByLabelText("How much"), { target: { value: "7" } });
  const theirs = { ...rule, limit: 1 };
  held = view([state({ rule: theirs })], { version: 2 });
  refusals = [
    new OperationError("FAILED_PRECONDITION", "Grace has changed the budgets meanwhile."),
  ];
  fireEvent.click(dialog.getByRole("button", { name: "Add" }));
  await dialog.findByText("Grace has changed the budgets meanwhile.");
  await screen.findByText("All together: $0.000001 a month");
  fireEvent.click(dialog.getByRole("button", { name: "Add" }));
  await screen.findByText("Each person: $7.00 a day");
  expect(saves).toHaveLength(2);
  expect(saves[1]).toMatchObject({
    version: 2,
    rules: { budgets: [theirs, { limit: 7_000_000 }] },
  });
});

it("removes a budget, and puts it back", async () => {
  show(view([state()]));
  fireEvent.click(await screen.findByRole("button", { name: /^Remove All together: \$20/ }));
  await screen.findByText(/without a limit/);
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await screen.findByText("All together: $20.00 a month");
  expect(saves).toMatchObject([
    { version: 1, rules: { budgets: [] } },
    { version: 2, rules: { budgets: [rule] } },
  ]);
});

it("says what could not be removed", async () => {
  show(view([state()]));
  refusals = [new OperationError("UNAVAILABLE", "You are offline.")];
  fireEvent.click(await screen.findByRole("button", { name: /^Remove All together: \$20/ }));
  await screen.findByText("The budget was not removed.");
  await screen.findByText("You are offline.");
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
});

it("saves what is charged without a price, and how long answers are kept", async () => {
  show(view());
  const price = await screen.findByLabelText("A question to such a model");
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  fireEvent.change(price, { target: { value: "charge" } });
  const amount = screen.getByLabelText("US dollars for each answer");
  fireEvent.change(amount, { target: { value: "much" } });
  screen.getByText(/Write dollars as a number/);
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(saves).toEqual([]);
  fireEvent.change(amount, { target: { value: "0.05" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save" })).toBeNull());
  fireEvent.change(screen.getByLabelText("Answers are"), { target: { value: "on" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save" })).toBeNull());
  expect(saves).toMatchObject([
    { version: 1, rules: { unknownPrice: { micros: 50_000 }, cache: null } },
    {
      version: 2,
      rules: { unknownPrice: { micros: 50_000 }, cache: { seconds: 86_400, onRequest: false } },
    },
  ]);
});

it("keeps answers only for who asks for it, and says how one asks", async () => {
  show(view());
  fireEvent.change(await screen.findByLabelText("Answers are"), {
    target: { value: "on-request" },
  });
  screen.getByText(/under Instructions and memory/);
  fireEvent.change(screen.getByLabelText("How long"), { target: { value: "2" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save" })).toBeNull());
  expect(saves).toMatchObject([{ rules: { cache: { seconds: 7_200, onRequest: true } } }]);
  expect(screen.getByLabelText("Answers are")).toHaveProperty("value", "on-request");
});

it("lets summaries wait, says what that means, and takes it back", async () => {
  show(view());
  const summary = await screen.findByLabelText("A summary");
  expect(summary).toHaveProperty("value", "at-once");
  fireEvent.change(summary, { target: { value: "batch" } });
  screen.getByText(/at most a day/);
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(summary).toHaveProperty("value", "at-once");
  expect(screen.queryByText(/at most a day/)).toBeNull();
  fireEvent.change(summary, { target: { value: "batch" } });
  refusals = [new OperationError("UNAVAILABLE", "You are offline.")];
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("You are offline.");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save" })).toBeNull());
  expect(saves).toHaveLength(2);
  expect(saves[1]).toMatchObject({ version: 1, rules: { summaries: "batch", keys: true } });
  expect(summary).toHaveProperty("value", "batch");
});

it("can be asked for again when it could not be loaded", async () => {
  vi.mocked(call).mockRejectedValueOnce(new Error("away"));
  show(view());
  fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText(/without a limit/);
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
