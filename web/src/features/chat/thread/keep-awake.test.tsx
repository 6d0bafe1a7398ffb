import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { useKeepAwake } from "./keep-awake";

const release = vi.fn();
const request = vi.fn<(type: string) => Promise<{ release: () => void }>>();

function show(isSeen: boolean): void {
  vi.spyOn(document, "hidden", "get").mockReturnValue(!isSeen);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  release.mockReset();
  request.mockReset().mockResolvedValue({ release });
  vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  vi.stubGlobal("navigator", { wakeLock: { request } });
});
afterEach(() => vi.unstubAllGlobals());

const hook = (isOn: boolean) =>
  renderHook(({ on }) => useKeepAwake(on), { initialProps: { on: isOn } });

it("holds one lock while an answer is written, and lets it go at the end", async () => {
  const { rerender } = hook(false);
  expect(request).not.toHaveBeenCalled();
  rerender({ on: true });
  rerender({ on: true });
  expect(request).toHaveBeenCalledExactlyOnceWith("screen");
  rerender({ on: false });
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
  show(true);
  expect(request).toHaveBeenCalledOnce();
});

it("asks again when the page is back in sight, and not while it is out of it", () => {
  show(false);
  hook(true);
  show(false);
  expect(request).not.toHaveBeenCalled();
  show(true);
  expect(request).toHaveBeenCalledOnce();
});

it("lets go of a lock that comes after the end", async () => {
  let grant = (_lock: { release: () => void }) => {};
  request.mockReturnValue(new Promise((resolve) => (grant = resolve)));
  hook(true).unmount();
  expect(release).not.toHaveBeenCalled();
  grant({ release });
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
});

it("does without one that is refused, and without the browser's help", async () => {
  request.mockRejectedValue(new Error("low battery"));
  hook(true).unmount();
  await vi.waitFor(() => expect(request).toHaveBeenCalledOnce());
  vi.stubGlobal("navigator", {});
  hook(true).unmount();
  expect(release).not.toHaveBeenCalled();
});
