import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { UpdatePreferences } from "@/contract/contract.gen";
import { OperationError, UnreachedError } from "@/contract/errors";
import { keep, type Kept } from "@/contract/outbox";
import { useLive } from "@/firebase/live";
import { notify } from "@/ui/notify";

import {
  forgetPreferences,
  keptPreferences,
  preferenceKind,
  updatePreferences,
  usePreferences,
  type Preferences,
} from "./preferences";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/contract/outbox", () => ({ keep: vi.fn() }));
vi.mock("@/firebase/live", () => ({ useLive: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const light: Preferences = {
  theme: "light",
  language: null,
  defaultModel: null,
  metrics: true,
  pinnedModels: [],
};
const dark: UpdatePreferences = { theme: "dark" };

function kept(view: UpdatePreferences): Kept {
  const requestId = JSON.stringify(view);
  return {
    requestId,
    uid: "ada",
    conversationId: "",
    kind: preferenceKind,
    view,
    problem: null,
    page: null,
  };
}

function show(stored: Preferences = light) {
  const state = { current: stored };
  vi.mocked(useLive).mockImplementation(() => ({ state: "ready", value: state.current }) as never);
  const { result, rerender } = renderHook(() => usePreferences("ada"));
  return {
    result,
    arrives: (next: Preferences) => {
      state.current = next;
      rerender();
    },
  };
}

beforeEach(() => {
  vi.mocked(call).mockReset();
  vi.mocked(keep).mockReset();
  vi.mocked(notify).mockReset();
  forgetPreferences();
});

it("is shown at once and kept, until the listener shows it", async () => {
  const { result, arrives } = show();
  await act(() => updatePreferences(dark));
  expect(result.current?.theme).toBe("dark");
  expect(keep).toHaveBeenCalledWith(expect.objectContaining({ kind: preferenceKind, view: dark }));
  act(() => keptPreferences.show([]));
  expect(result.current?.theme).toBe("dark");
  arrives({ ...light, theme: "dark" });
  // What another device says later is shown.
  arrives({ ...light, theme: "high-contrast" });
  await waitFor(() => expect(result.current?.theme).toBe("high-contrast"));
});

it("is shown after a reload, before it has been sent", () => {
  const { result } = show();
  act(() =>
    keptPreferences.show([kept(dark), kept({ metrics: false }), kept({ theme: "system" })]),
  );
  expect(result.current).toEqual({ ...light, theme: "system", metrics: false });
});

it("changed and changed back, does not go by what was stored before both", async () => {
  const { result, arrives } = show();
  await act(() => updatePreferences(dark));
  await act(() => updatePreferences({ theme: "light" }));
  arrives({ ...light, theme: "dark" });
  expect(result.current?.theme).toBe("light");
});

it("is taken back when it is refused, which is said; not what came after it", async () => {
  vi.mocked(call).mockRejectedValue(new OperationError("NOT_FOUND", "There is no such model."));
  const { result } = show();
  await act(() => updatePreferences({ defaultModel: "none/none" }));
  await act(() => updatePreferences(dark));
  const delivered = await act(() => keptPreferences.deliver(kept({ defaultModel: "none/none" })));
  expect(delivered).toBe("delivered");
  expect(result.current).toEqual({ ...light, theme: "dark" });
  expect(notify).toHaveBeenCalledWith("The preference was not saved.", {
    detail: "There is no such model.",
  });
});

it("waits where the backend cannot be reached", async () => {
  vi.mocked(call).mockRejectedValue(new UnreachedError("No connection."));
  expect(await keptPreferences.deliver(kept(dark))).toBe("unreached");
  expect(notify).not.toHaveBeenCalled();
});

it("is sent at once by a browser that keeps nothing, and taken back when that fails", async () => {
  vi.mocked(keep).mockRejectedValue(new Error("refused"));
  const { result, arrives } = show();
  await act(() => updatePreferences(dark));
  expect(call).toHaveBeenCalledWith("people.updatePreferences", dark);
  expect(result.current?.theme).toBe("dark");
  arrives({ ...light, theme: "dark" });
  arrives(light);
  expect(result.current?.theme).toBe("light");
  vi.mocked(call).mockRejectedValue(new UnreachedError("No connection."));
  await act(() => updatePreferences({ metrics: false }));
  expect(result.current).toEqual(light);
  expect(notify).toHaveBeenCalledOnce();
});
