import { act, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { LiveProblem } from "./documents";
import { retryLive, stopAllLive, useLive, type LiveSource } from "./live";

function source(key: string, family = key) {
  const opened = {
    closed: 0,
    next: (_value: string) => {},
    fail: (_problem: LiveProblem) => {},
  };
  const open = vi.fn<LiveSource<string>["open"]>((next, fail) => {
    opened.next = (value) => next(value, false);
    opened.fail = fail;
    return Promise.resolve(() => {
      opened.closed += 1;
    });
  });
  return { source: { key, family, open }, opened, open };
}

function Show({ of }: { of: LiveSource<string> | null }) {
  const live = useLive(of);
  return (
    <p>{live.state === "ready" ? `${live.value}${live.settled ? "" : " (old)"}` : live.state}</p>
  );
}

const text = () => screen.getAllByText(/./).map((element) => element.textContent);

afterEach(() => {
  vi.useRealTimers();
  stopAllLive();
});

describe("a live value", () => {
  it("is shared by all who ask for the same key", () => {
    const { source: one, opened, open } = source("a");
    render(
      <>
        <Show of={one} />
        <Show of={{ ...one }} />
      </>,
    );
    act(() => opened.next("x"));
    expect(text()).toEqual(["x", "x"]);
    expect(open).toHaveBeenCalledOnce();
  });

  it("stays for a while after the last one left, then closes", async () => {
    vi.useFakeTimers();
    const { source: one, opened, open } = source("b");
    const view = render(<Show of={one} />);
    await vi.advanceTimersByTimeAsync(0);
    view.unmount();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(opened.closed).toBe(0);
    render(<Show of={one} />).unmount();
    expect(open).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(opened.closed).toBe(1);
  });

  it("begins with what another page of the same list shows", () => {
    const short = source("list#1", "list");
    const long = source("list#2", "list");
    const view = render(<Show of={short.source} />);
    act(() => short.opened.next("first page"));
    view.rerender(<Show of={long.source} />);
    expect(text()).toEqual(["first page (old)"]);
    act(() => long.opened.next("both pages"));
    expect(text()).toEqual(["both pages"]);
  });

  it("begins with what it showed when the page was left, until something newer comes", () => {
    const { source: one, opened } = source("f");
    const recall = vi.fn(() => "last time");
    const view = render(<Show of={{ ...one, recall }} />);
    expect(text()).toEqual(["last time"]);
    expect(recall).toHaveBeenCalledOnce();
    act(() => opened.next("now"));
    expect(text()).toEqual(["now"]);
    view.unmount();
    render(<Show of={{ ...one, recall }} />);
    expect(text()).toEqual(["now"]);
  });

  it("that fails for who came after it was opened is asked for again, once", () => {
    const { source: one, opened, open } = source("e");
    render(<Show of={one} />).unmount();
    render(<Show of={one} />);
    expect(open).toHaveBeenCalledOnce();
    act(() => opened.fail({ reason: "absent", message: "" }));
    expect(open).toHaveBeenCalledTimes(2);
    expect(text()).toEqual(["loading"]);
    act(() => opened.fail({ reason: "absent", message: "" }));
    expect(open).toHaveBeenCalledTimes(2);
    expect(text()).toEqual(["failed"]);
  });

  it("that failed can be asked for again", () => {
    const { source: one, opened, open } = source("d");
    render(<Show of={one} />);
    act(() => opened.fail({ reason: "absent", message: "" }));
    expect(text()).toEqual(["failed"]);
    act(() => retryLive(one));
    expect(open).toHaveBeenCalledTimes(2);
    act(() => opened.next("back"));
    expect(text()).toEqual(["back"]);
  });
});
