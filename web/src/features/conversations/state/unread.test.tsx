import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { firstBranch } from "../api/conversations";
import { conversation } from "../testing/conversation";
import {
  forgetUnread,
  noteAnswerEnded,
  soundsForAnswers,
  tellsOfAnswers,
  useIsUnread,
  useUnread,
} from "./unread";

const { chime } = vi.hoisted(() => ({ chime: vi.fn() }));
vi.mock("@/ui/chime", () => ({ chime }));

function running(id: string, activeRun: string | null) {
  const [main] = Object.values(firstBranch);
  if (!main) throw new Error("There is a first branch.");
  return conversation(id, { title: "Bees", branches: { main: { ...main, activeRun } } });
}

function props(run: string | null, open: string | undefined) {
  return { run, open };
}

/** An answer is being written in a conversation. */
function begin(openId: string | undefined) {
  return renderHook(
    ({ run, open }: ReturnType<typeof props>) => {
      const list = [running("a", run)];
      useUnread(list, open);
      return useIsUnread("a");
    },
    { initialProps: props("r", openId) },
  );
}

function follow(openId: string | undefined) {
  const hook = begin(openId);
  hook.rerender(props(null, openId));
  return hook;
}

beforeEach(() => {
  forgetUnread();
  tellsOfAnswers.set(false);
  soundsForAnswers.set(false);
  chime.mockClear();
});

it("an answer that ends elsewhere marks its conversation until it is opened", () => {
  const { result, rerender } = follow("b");
  expect(result.current).toBe(true);
  rerender({ run: null, open: "a" });
  expect(result.current).toBe(false);
});

it("one that ends under one's eyes marks nothing", () => {
  expect(follow("a").result.current).toBe(false);
});

it("one whose end was seen marks nothing, also when the list learns of it after one has left", () => {
  const hook = begin("a");
  noteAnswerEnded("a", "r");
  hook.rerender(props("r", "b"));
  hook.rerender(props(null, "b"));
  expect(hook.result.current).toBe(false);

  hook.rerender(props("r2", "b"));
  // Nobody saw this one.
  noteAnswerEnded("a", "r2");
  hook.rerender(props(null, "b"));
  expect(hook.result.current).toBe(true);
});

it("one that ends in a tab out of sight is told of, if one wants that, and read on return", () => {
  const told = vi.fn();
  vi.stubGlobal(
    "Notification",
    class {
      constructor(title: string, options: object) {
        told(title, options);
      }
      addEventListener() {}
    },
  );
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  follow("a");
  expect(told).not.toHaveBeenCalled();
  tellsOfAnswers.set(true);
  const { result } = follow("a");
  expect(told).toHaveBeenCalledExactlyOnceWith("Bees", {
    body: "The answer is finished.",
    tag: "a",
  });
  expect(result.current).toBe(true);
  hidden.mockReturnValue(false);
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(result.current).toBe(false);
  vi.unstubAllGlobals();
});

it("one that ends out of sight is heard, if one wants that, and only then", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  follow("a");
  soundsForAnswers.set(true);
  hidden.mockReturnValue(false);
  follow("a");
  follow("b");
  hidden.mockReturnValue(true);
  follow("a");
  await vi.waitFor(() => expect(chime).toHaveBeenCalled());
  expect(chime).toHaveBeenCalledOnce();
});
