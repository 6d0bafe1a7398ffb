import { expect, signIn, test, watchAlso } from "./support/app";

test("a theme is kept here and in the profile, and is there before the first paint", async ({
  page,
  person,
  browser,
  watched,
}) => {
  await signIn(page, person, "/settings");
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(root).toHaveAttribute("data-theme", "dark");

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

  const elsewhere = await browser.newContext();
  watchAlso(elsewhere, watched);
  const phone = await elsewhere.newPage();
  await signIn(phone, person, "/settings");
  await expect(phone.locator("html")).toHaveAttribute("data-theme", "dark");
  await phone.getByRole("radio", { name: "Light" }).check();
  await expect(root).toHaveAttribute("data-theme", "light");
  await elsewhere.close();
});

test("follows the system until told otherwise", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});
