import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { KeyList, KeyView } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { forgetAnswers } from "@/contract/query";
import { ToastLayer } from "@/ui/notify";

import { AllKeys } from "./all-keys";
import { Keys } from "./keys";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/firebase/app", () => ({
  getPlatform: () => ({ configuration: { functions: "https://functions.test" } }),
}));

function view(name: string, known: Partial<KeyView> = {}): KeyView {
  return {
    id: name,
    name,
    prefix: "cck_012345",
    createdAt: "2026-11-28T12:00:00+00:00",
    expiresAt: "2027-02-26T12:00:00+00:00",
    expired: false,
    lastUsedDay: null,
    models: null,
    budget: null,
    used: null,
    ...known,
  };
}

let refusals: OperationError[];
let sent: [string, unknown][];
let listed: KeyList;
let pages: object[];

beforeEach(() => {
  forgetAnswers();
  [refusals, sent, pages] = [[], [], []];
  listed = { keys: [], allowed: true, most: 20 };
  vi.mocked(call).mockImplementation((name, input) => {
    if (name !== "keys.list") sent.push([name, input]);
    const refusal = refusals.shift();
    if (refusal) return Promise.reject(refusal);
    const { name: called = "" } = input as { name?: string };
    const answers: Record<string, unknown> = {
      "keys.list": listed,
      "keys.create": { key: view(called), token: "cck_secret" },
      "keys.revoke": { keyId: "x" },
      "keys.listAll": pages.shift(),
    };
    return Promise.resolve(answers[name] as never);
  });
});

function show() {
  render(
    <>
      <Keys />
      <ToastLayer />
    </>,
  );
}

it("makes a key, shows it once with a command to try it, and lists it without", async () => {
  show();
  await screen.findByText("No keys yet");
  fireEvent.click(screen.getByRole("button", { name: "Make a key" }));
  fireEvent.click(screen.getByRole("button", { name: "Make the key" }));
  screen.getByText("Say what it is for.");
  expect(sent).toEqual([]);
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Report" } });
  fireEvent.click(screen.getByRole("button", { name: "Make the key" }));
  const heading = await screen.findByRole("heading", { name: "Copy “Report” now" });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  screen.getByText("cck_secret");
  screen.getByText(/curl https:\/\/functions\.test\/api\/models\.list/);
  fireEvent.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByText(/cck_secret/)).toBeNull();
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
});

it("keeps what was written where no key was made", async () => {
  show();
  fireEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Report" } });
  refusals = [new OperationError("UNAVAILABLE", "You are offline.")];
  fireEvent.click(screen.getByRole("button", { name: "Make the key" }));
  await screen.findByText("You are offline.");
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Report");
});

it("asks before it revokes one, says why it could not, and takes it off the list", async () => {
  listed = { ...listed, keys: [view("Report"), view("Import", { expired: true })] };
  show();
  fireEvent.click(await screen.findByRole("button", { name: "Revoke Report" }));
  expect(sent).toEqual([]);
  refusals = [new OperationError("UNAVAILABLE", "You are offline.")];
  fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
  await screen.findByText("You are offline.");
  fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
  await screen.findByText("Key revoked");
  expect(sent.at(-1)).toEqual(["keys.revoke", { keyId: "Report" }]);
  expect(screen.queryByRole("button", { name: "Revoke Report" })).toBeNull();
  screen.getByText("Expired");
});

it("makes none where there are as many as there can be", async () => {
  listed = { keys: [view("Report")], allowed: true, most: 1 };
  show();
  await screen.findByText("1 of 1 keys");
  expect(screen.queryByRole("button", { name: "Make a key" })).toBeNull();
});

it("makes none where they are switched off", async () => {
  listed = { keys: [view("Report")], allowed: false, most: 20 };
  show();
  await screen.findByText("Keys are switched off in this workspace.");
  expect(screen.queryByRole("button", { name: "Make a key" })).toBeNull();
  screen.getByRole("button", { name: "Revoke Report" });
});

it("can be asked for again when it could not be loaded", async () => {
  refusals = [new OperationError("UNAVAILABLE", "away")];
  show();
  fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText("No keys yet");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

it("shows an administrator everybody's, page by page, and revokes one", async () => {
  const ada = { id: "ada", name: "Ada", email: "ada@example.com" };
  const gone = { id: "bob", name: null, email: null };
  pages = [
    { keys: [{ key: view("Report"), owner: ada }], more: true },
    { keys: [{ key: view("Import"), owner: gone }], more: false },
  ];
  render(<AllKeys />);
  await screen.findByText("Ada");
  screen.getByText("ada@example.com");
  fireEvent.click(screen.getByRole("button", { name: "Show more" }));
  await screen.findByText("Somebody who has gone (bob)");
  expect(sent.at(-1)).toEqual(["keys.listAll", { after: "Report" }]);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Revoke Report" }));
  fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(1));
});

it("says that nobody has a key, and why they could not be read", async () => {
  pages = [{ keys: [], more: false }];
  refusals = [new OperationError("UNAVAILABLE", "You are offline.")];
  render(<AllKeys />);
  await screen.findByText("You are offline.");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("Nobody has a key.");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
