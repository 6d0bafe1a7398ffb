import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { notify, preloadToasts, ToastLayer } from "./notify";

it("shows what was said before the toasts were loaded, and offers the way back", async () => {
  const undo = vi.fn<() => void>();
  render(<ToastLayer />);
  act(() => notify("“Bees” deleted.", { undo }));
  await act(async () => {
    await preloadToasts();
  });
  const button = await screen.findByRole("button", { name: "Undo" });
  screen.getByText("“Bees” deleted.");
  act(() => button.click());
  expect(undo).toHaveBeenCalledOnce();
});
