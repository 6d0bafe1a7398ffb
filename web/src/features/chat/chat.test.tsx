import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { Chat } from "./chat";
import { newTurn, putTurn } from "./stream/turns";

const drawn = vi.hoisted(() => vi.fn());
vi.mock("@/firebase/wake", () => ({ wake: vi.fn() }));
vi.mock("./thread/thread", () => ({
  default: function Thread() {
    drawn();
    return <p>The messages</p>;
  },
}));

const nothing = () => {};
const hooks = { onSent: nothing, onBranch: nothing, onRefused: nothing, onEnded: nothing };
const actions = {
  openBranch: nothing,
  choose: () => Promise.resolve(true),
  copy: nothing,
  pinned: new Set<string>(),
  pin: nothing,
  close: nothing,
  rating: { Buttons: () => null, Reasons: () => null },
};

it("draws no message again for a key", async () => {
  putTurn("c", newTurn({ requestId: "r", phase: "ended", question: "Bees?", text: "They fly." }));
  render(
    <Chat
      conversationId="c"
      exists={false}
      isOpening={false}
      branches={{}}
      activeBranch="main"
      model="a/one"
      comparedWith={[]}
      onCompared={nothing}
      models={[]}
      modelName={(id) => id}
      modelPicker={null}
      outlook={({ characters }) => <p>{characters} characters</p>}
      greeting=""
      target={null}
      hooks={hooks}
      actions={actions}
    />,
  );
  await screen.findByText("The messages");
  const before = drawn.mock.calls.length;
  const field = screen.getByRole("textbox", { name: "Message" });
  for (const value of ["W", "Wh", "Why", "Why?"]) fireEvent.change(field, { target: { value } });
  await screen.findByText("4 characters");
  expect(drawn).toHaveBeenCalledTimes(before);
});
