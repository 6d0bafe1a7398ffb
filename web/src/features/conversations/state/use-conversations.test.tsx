import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { firstBranch } from "../api/conversations";
import { conversation } from "../testing/conversation";
import { addPatch, dropAllPatches, patchStore } from "./patches";
import { useConversation, useConversationList } from "./use-conversations";

const told = vi.hoisted(() => ({ list: {}, document: {} }));
vi.mock("@/firebase/live", () => ({
  useLive: ({ key }: { key: string }) => (key.startsWith("{") ? told.list : told.document),
}));

function ready(value: unknown) {
  return { state: "ready", value, fromCache: false, settled: true };
}

const before = conversation("a", {
  branches: Object.fromEntries(
    Object.values(firstBranch).flatMap((branch) => [
      ["main", branch],
      ["other", branch],
    ]),
  ),
});
const after = { ...before, requestId: "r", activeBranch: "other" };

beforeEach(() => {
  vi.useFakeTimers();
  told.list = ready([before]);
  told.document = ready(before);
});
afterEach(() => {
  vi.useRealTimers();
  dropAllPatches();
});

it("shows what a person did until both listeners do, whichever speaks first", () => {
  const hook = renderHook(() => {
    useConversationList("ada");
    const live = useConversation("a", true);
    return live.state === "ready" ? live.value?.activeBranch : null;
  });
  act(() => addPatch({ requestId: "r", conversationId: "a", change: { activeBranch: "other" } }));
  expect(hook.result.current).toBe("other");
  told.list = ready([after]);
  hook.rerender();
  hook.rerender();
  expect(hook.result.current).toBe("other");
  told.document = ready(after);
  hook.rerender();
  expect(hook.result.current).toBe("other");
  act(() => {
    vi.runAllTimers();
  });
  expect(patchStore.getState().patches).toEqual([]);
  expect(hook.result.current).toBe("other");
});
