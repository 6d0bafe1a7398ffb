import type { Locator } from "@playwright/test";

import { expect, signIn, test } from "./support/app";

test("a theme is kept here and in the profile, and is there before the first paint", async ({
  page,
  person,
  elsewhere,
}) => {
  await signIn(page, person, "/settings");
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "light");
  const kept = page.waitForResponse("**/people.updatePreferences");
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await kept;

  // Notes the theme of every frame that is drawn from the first on.
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { themesSeen: seen });
    const note = () => {
      if (document.body) seen.add(getComputedStyle(document.documentElement).backgroundColor);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  const seen = await page.evaluate(() => [
    ...(globalThis as unknown as { themesSeen: Set<string> }).themesSeen,
  ]);
  expect(seen).toHaveLength(1);

  await signIn(elsewhere, person, "/settings");
  await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
  await elsewhere.getByRole("radio", { name: "Light" }).check();
  await expect(root).toHaveAttribute("data-theme", "light");
});

test("a theme that was not sent before a reload is sent after it", async ({
  page,
  person,
  elsewhere,
}) => {
  await signIn(page, person, "/settings");
  const address = "**/people.updatePreferences";
  const asked = page.waitForRequest(address);
  // The first one is never answered.
  let isAsked = false;
  await page.route(address, async (route) => {
    if (isAsked) await route.continue();
    isAsked = true;
  });
  await page.getByRole("radio", { name: "Dark" }).check();
  await asked;
  const sent = page.waitForResponse(address);
  await page.reload();
  await sent;
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();

  await signIn(elsewhere, person, "/settings");
  await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("follows the system until told otherwise", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("high contrast is a choice, and what a system asks for", async ({ page, person }) => {
  await signIn(page, person, "/settings");
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-contrast", "normal");
  await page.getByRole("radio", { name: "High contrast" }).check();
  await expect(root).toHaveAttribute("data-contrast", "more");
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.reload();
  await expect(page.getByRole("radio", { name: "High contrast" })).toBeChecked();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveCSS("background-color", "oklch(0 0 0)");

  await page.getByRole("radio", { name: "Light" }).check();
  await expect(root).toHaveAttribute("data-contrast", "normal");
  await page.emulateMedia({ contrast: "more" });
  await expect(root).toHaveAttribute("data-contrast", "more");
  await expect(root).toHaveAttribute("data-theme", "light");
});

test("nothing moves for those who asked for it", async ({ page }) => {
  await page.goto("/dev/ui");
  const button = page.getByRole("button", { name: "Open dialog" });
  const bar = page.locator(".animate-pulse").first();
  const dialog = page.getByRole("dialog");
  for (const [reducedMotion, transition, calm, times] of [
    ["no-preference", "0.1s", "0.18s", "infinite"],
    ["reduce", "0s", "0s", "1"],
  ] as const) {
    await page.emulateMedia({ reducedMotion });
    await expect(button).toHaveCSS("transition-duration", transition);
    await expect(bar).toHaveCSS("animation-iteration-count", times);
    await button.click();
    await expect(dialog).toHaveCSS("transition-duration", calm);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
});

test("the system's own colours show what is chosen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/dev/ui");
  const period = page.getByRole("region", { name: "Switch and segmented control" });
  const [chosen, other] = ["30 days", "7 days"].map((name) =>
    period.getByText(name, { exact: true }),
  );
  const [on, off] = ["Sum up", "The other way"].map((name) => page.getByRole("switch", { name }));
  expect(await fill(chosen)).not.toBe(await fill(other));
  expect(await fill(on)).not.toBe(await fill(off));
  await page.getByRole("button", { name: "More about the hive" }).press("Enter");
  // Not by the pointer: a menu that takes the focus forgets which entry it is on.
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  const entry = page.getByRole("menuitem", { name: "Delete" });
  await expect(entry).toBeFocused();
  await expect(entry).toHaveCSS("background-color", (await fill(chosen)) ?? "");
});

test("a brand's colour is taken or refused, and changes all that carries it", async ({ page }) => {
  await page.goto("/dev/ui");
  const send = page.getByRole("button", { name: "Continue" });
  const colour = page.getByRole("textbox", { name: "Colour" });
  await colour.fill("#ffd400");
  await expect(page.getByText("The nearest colour that has it is")).toBeVisible();
  await expect(send).toHaveCSS("background-color", "oklch(0.46 0.09 160)");
  await colour.fill("#0b57d0");
  await expect(send).toHaveCSS("background-color", "rgb(11, 87, 208)");
  await expect(page.getByRole("link", { name: "A link in a text" })).toHaveCSS(
    "color",
    "rgb(11, 87, 208)",
  );
});

async function fill(element?: Locator): Promise<string | undefined> {
  return element?.evaluate((node) => getComputedStyle(node).backgroundColor);
}
