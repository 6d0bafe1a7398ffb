import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { Composer, type Writing } from "./composer";
import { forgetDrafts, readDraft, writeDraft } from "./drafts";

function show(writing: Writing | null, blocked: string | null = null) {
  const onSend = vi.fn();
  const composer = (why: string | null) => (
    <Composer
      conversationId="c"
      blocked={why}
      writing={writing}
      sendLabel="Send"
      onSend={onSend}
      modelPicker={null}
    />
  );
  const { rerender } = render(composer(blocked));
  return {
    onSend,
    field: screen.getByRole("textbox"),
    block: (why: string | null) => rerender(composer(why)),
  };
}

beforeEach(() => {
  forgetDrafts();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
});

describe("while an answer is written", () => {
  it("Send is Stop, by a click and by Escape", () => {
    const onStop = vi.fn();
    const { field } = show({ isStopping: false, onStop });
    expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    fireEvent.keyDown(field, { key: "Escape" });
    expect(onStop).toHaveBeenCalledTimes(2);
  });

  it("the second click of a double click on Send stops nothing", () => {
    const onStop = vi.fn();
    show({ isStopping: false, onStop });
    fireEvent.click(screen.getByRole("button", { name: "Stop" }), { detail: 2 });
    expect(onStop).not.toHaveBeenCalled();
  });

  it("says that it stops, and stops once", () => {
    const onStop = vi.fn();
    const { field } = show({ isStopping: true, onStop });
    fireEvent.click(screen.getByRole("button", { name: "Stopping" }));
    fireEvent.keyDown(field, { key: "Escape" });
    expect(onStop).not.toHaveBeenCalled();
  });

  it("what is typed is sent to wait", () => {
    writeDraft("c", "And then?");
    const { onSend } = show({ isStopping: false, onStop: null });
    fireEvent.click(screen.getByRole("button", { name: "Send after this answer" }));
    expect(onSend).toHaveBeenCalledExactlyOnceWith("And then?");
  });
});

describe("what cannot be sent", () => {
  it("is kept, with the reason", () => {
    writeDraft("c", "And now?");
    const { onSend, field } = show(null, "Choose first.");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(readDraft("c")).toBe("And now?");
    screen.getByText("Choose first.");
  });

  it("is told why for as long as that holds", () => {
    writeDraft("c", "And now?");
    const { field, block } = show(null, "Choose first.");
    fireEvent.keyDown(field, { key: "Enter" });
    screen.getByText("Choose first.");
    block("Being opened.");
    screen.getByText("Being opened.");
    fireEvent.change(field, { target: { value: "And then?" } });
    expect(screen.queryByText("Being opened.")).toBeNull();
    fireEvent.keyDown(field, { key: "Enter" });
    block(null);
    expect(screen.queryByText("Being opened.")).toBeNull();
    expect(readDraft("c")).toBe("And then?");
  });

  it("is kept whole when it is too long", () => {
    const long = "x".repeat(100_002);
    writeDraft("c", long);
    const { onSend, field } = show(null);
    screen.getByText(/this is 2 too long/);
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(readDraft("c")).toBe(long);
  });
});

it("what is said of the next question follows what is typed, without the space around it", () => {
  const outlook = vi.fn((characters: number) => <p>{characters} characters</p>);
  render(
    <Composer
      conversationId="c"
      blocked={null}
      writing={null}
      sendLabel="Send"
      onSend={vi.fn()}
      modelPicker={null}
      outlook={outlook}
    />,
  );
  screen.getByText("0 characters");
  fireEvent.change(screen.getByRole("textbox"), { target: { value: " Why? " } });
  screen.getByText("4 characters");
  expect(outlook).toHaveBeenLastCalledWith(4);
});
