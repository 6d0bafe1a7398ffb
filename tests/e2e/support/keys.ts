/** Keys as their person makes and ends them, from the keyboard alone. */
import type { Page } from "@playwright/test";

import { expect } from "./app";

/** Gives the key. */
export async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Make a key" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Make a key" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("switch", { name: "A budget of its own" }).press("Space");
  await dialog.getByRole("textbox", { name: "How much" }).press("Enter");
  const made = page.getByRole("region", { name: `Copy “${name}” now` });
  await expect(made.getByRole("heading")).toBeFocused();
  const key = await made.getByText(/^cck_/).textContent();
  expect(key).toMatch(/^cck_[0-9a-f]{20}_[\w-]{43}$/);
  await expect(made.getByText(/^curl http/)).toContainText(`Bearer ${key}`);
  return key ?? "";
}

export async function revokeKey(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Revoke ${name}` }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Revoke “${name}”?` });
  await dialog.getByRole("button", { name: "Revoke" }).press("Enter");
  await expect(dialog).toBeHidden();
}
