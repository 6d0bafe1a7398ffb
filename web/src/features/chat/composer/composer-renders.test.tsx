import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { branch } from "@/testing/branch";

import { Chat } from "../chat";
import { changeTurn, newTurn, putTurn } from "../stream/turns";

const { drawn } = vi.hoisted(() => ({ drawn: vi.fn() }));
vi.mock("../thread/thread", () => ({
  default() {
    drawn();
    return "the thread";
  },
}));

const nothing = () => {};
const main = branch({ nextSeq: 2 });

it("a key in the composer draws no message again, a word of the answer does, and not the composer", async () => {
  const composed = vi.fn(() => null);
  const turn = { requestId: "r", phase: "streaming", question: "Why?", text: "So" } as const;
  putTurn("c", newTurn(turn));
  render(
    <Chat
      conversationId="c"
      exists={false}
      folderId={null}
      isOpening={false}
      branches={{ main }}
      activeBranch="main"
      model="m"
      comparedWith={[]}
      onCompared={nothing}
      models={[]}
      modelName={(id) => id}
      modelPicker={() => null}
      beforeComposer={null}
      outlook={composed}
      hints={null}
      greeting=""
      target={null}
      hooks={{ onSent: nothing, onBranch: nothing, onRefused: nothing, onEnded: nothing }}
      actions={{
        openBranch: nothing,
        choose: () => Promise.resolve(true),
        copy: nothing,
        pinned: new Set(),
        pin: nothing,
        close: nothing,
        rating: { Buttons: () => null, Reasons: () => null },
      }}
    />,
  );
  await screen.findByText("the thread");
  const before = drawn.mock.calls.length;
  for (const value of ["A", "An", "And"]) {
    fireEvent.change(screen.getByRole("textbox"), { target: { value } });
  }
  expect(drawn).toHaveBeenCalledTimes(before);
  const typed = composed.mock.calls.length;
  expect(typed).toBeGreaterThan(2);
  act(() => changeTurn("c", "r", { text: "So it" }));
  expect(drawn.mock.calls.length).toBeGreaterThan(before);
  expect(composed).toHaveBeenCalledTimes(typed);
});
