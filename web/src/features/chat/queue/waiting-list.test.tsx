import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Waiting } from "./queue";
import WaitingList from "./waiting-list";

function waiting(id: string, known: Partial<Waiting> = {}): Waiting {
  const rest = { branchId: "main", model: "m/1", position: 0, problem: null, isSending: false };
  return { id, requestId: null, text: `Question ${id}`, ...rest, ...known };
}

function show(all: readonly Waiting[], isHeld = false) {
  const actions = { onSend: vi.fn(), onEdit: vi.fn(), onRemove: vi.fn(), onMove: vi.fn() };
  render(<WaitingList waiting={all} isHeld={isHeld} modelName={(id) => `<${id}>`} {...actions} />);
  return actions;
}

const three = [waiting("a"), waiting("b"), waiting("c")];
const press = (name: string, row: number) => {
  const button = screen.getAllByRole("button", { name })[row];
  if (button) fireEvent.click(button);
};

it("moves with buttons, also at the ends", () => {
  const { onMove } = show(three);
  press("Move up", 0);
  press("Move down", 2);
  expect(onMove).not.toHaveBeenCalled();
  press("Move up", 2);
  press("Move down", 0);
  press("Move down", 1);
  expect(onMove.mock.calls.map(([one, before]) => [(one as Waiting).id, before])).toEqual([
    ["c", "b"],
    ["a", "c"],
    ["b", null],
  ]);
});

it("moves by dragging, to before what is above and behind what is below", () => {
  const { onMove } = show(three);
  const drag = (from: number, to: number) => {
    const rows = screen.getAllByRole("listitem");
    const [source, target] = [rows[from], rows[to]];
    if (!source || !target) throw new Error("no such row");
    const dataTransfer = {};
    fireEvent.dragStart(source, { dataTransfer });
    fireEvent.dragOver(target, { dataTransfer });
    fireEvent.drop(target, { dataTransfer });
    fireEvent.dragEnd(source, { dataTransfer });
  };
  drag(2, 0);
  drag(0, 1);
  drag(0, 2);
  drag(1, 1);
  expect(onMove.mock.calls.map(([one, before]) => [(one as Waiting).id, before])).toEqual([
    ["c", "a"],
    ["a", "c"],
    ["a", null],
  ]);
});

it("offers to go on only when the questions wait for a word", () => {
  show(three);
  expect(screen.queryByRole("button", { name: "Send now" })).toBeNull();
});

it("goes on when told to, and says why a question was not asked", () => {
  const { onSend } = show([waiting("a", { problem: { message: "No such model." } })], true);
  screen.getByText("No such model.");
  press("Send now", 0);
  expect(onSend).toHaveBeenCalledOnce();
});

it("changes nothing about a question that is still on its way", () => {
  show([waiting("a", { isSending: true })]);
  expect(screen.queryByRole("button")).toBeNull();
});
