import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { forgetAnswers, learnAnswer } from "@/contract/query";

import { CacheSwitch } from "./cache-switch";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

beforeEach(forgetAnswers);

function show(cache: "off" | "on-request" | "on", value: boolean | null, onChange = vi.fn()) {
  learnAnswer("budgets.list", { budgets: [], timeZone: "UTC", cache });
  render(<CacheSwitch value={value} onChange={onChange} />);
}

it("is on at first where answers are kept for all", () => {
  show("on", null);
  expect(screen.getByRole("switch")).toHaveProperty("checked", true);
});

it("is off at first where answers are kept on request, and asks for it", () => {
  const onChange = vi.fn();
  show("on-request", null, onChange);
  expect(screen.getByRole("switch")).toHaveProperty("checked", false);
  fireEvent.click(screen.getByRole("switch", { name: "Answers from before" }));
  expect(onChange).toHaveBeenCalledWith(true);
});

it("shows what was decided for the conversation", () => {
  show("on", false);
  expect(screen.getByRole("switch")).toHaveProperty("checked", false);
});

it("is not offered where nothing is kept, nor before that is known", () => {
  vi.mocked(call).mockReturnValue(new Promise(() => {}));
  render(<CacheSwitch value={true} onChange={vi.fn()} />);
  expect(screen.queryByRole("switch")).toBeNull();
  show("off", true);
  expect(screen.queryByRole("switch")).toBeNull();
});
