import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { PolicyView } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { forgetAnswers, learnAnswer } from "@/contract/query";

import { KeysAllowed } from "./keys-allowed";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

const rules: PolicyView["rules"] = {
  budgets: [],
  unknownPrice: null,
  cache: null,
  keys: true,
  summaries: "at-once",
};
const held: PolicyView = {
  version: 1,
  rules,
  setting: rules,
  budgets: [],
  timeZone: "UTC",
  changedBy: null,
  changedAt: null,
};

beforeEach(() => {
  forgetAnswers();
  learnAnswer("policy.get", held);
  render(<KeysAllowed />);
});

const toggle = () => screen.getByRole("switch", { name: "Keys work in this workspace" });

it("is saved at once, beside what else was decided", async () => {
  const after = { ...held, version: 2, rules: { ...rules, keys: false } };
  vi.mocked(call).mockResolvedValueOnce(after);
  fireEvent.click(toggle());
  expect(toggle()).toHaveProperty("checked", false);
  await waitFor(() =>
    expect(call).toHaveBeenCalledWith("policy.save", {
      version: 1,
      rules: { ...rules, keys: false },
    }),
  );
  expect(toggle()).toHaveProperty("checked", false);
});

it("stays as it was where that was refused, and says why", async () => {
  vi.mocked(call).mockRejectedValueOnce(new OperationError("UNAVAILABLE", "You are offline."));
  fireEvent.click(toggle());
  expect((await screen.findByRole("alert")).textContent).toContain("You are offline.");
  expect(toggle()).toHaveProperty("checked", true);
});
