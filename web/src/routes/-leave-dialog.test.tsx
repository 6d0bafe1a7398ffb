import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { countKept, forgetOutbox } from "@/contract/outbox";
import { signOut } from "@/firebase/auth";

import { leave } from "./-leave";
import { LeaveDialog } from "./-leave-dialog";

vi.mock("@/contract/outbox", async (actual) => ({
  ...(await actual<object>()),
  countKept: vi.fn(),
  forgetOutbox: vi.fn(),
}));
vi.mock("@/firebase/auth", async (actual) => ({
  ...(await actual<object>()),
  signOut: vi.fn(),
}));

afterEach(() => vi.clearAllMocks());

it("signs out at once where nothing waits", async () => {
  vi.mocked(countKept).mockReturnValue(0);
  render(<LeaveDialog />);
  await leave();
  expect(signOut).toHaveBeenCalledOnce();
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("asks first where something would be lost, and can stay", async () => {
  vi.mocked(countKept).mockReturnValue(2);
  render(<LeaveDialog />);
  await leave();
  const dialog = await screen.findByRole("dialog", { name: "Sign out without sending?" });
  expect(dialog.textContent).toContain("2 changes wait for the connection.");
  fireEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(signOut).not.toHaveBeenCalled();
  expect(forgetOutbox).not.toHaveBeenCalled();

  await leave();
  fireEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(signOut).toHaveBeenCalledOnce());
  expect(forgetOutbox).toHaveBeenCalledOnce();
});
