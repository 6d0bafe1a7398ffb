import type { Page } from "@playwright/test";

import {
  answered,
  ask,
  chooseTestModel,
  composer,
  expect,
  sidebar,
  signIn,
  test,
} from "./support/app";

test.use({ viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true });

async function expectToFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

/** Names of what can be touched and is smaller than a finger; links in running text are exempt. */
async function smallTargets(page: Page): Promise<string[]> {
  return page
    .locator("button:visible, [role=menuitem]:visible, nav a:visible, summary:visible")
    .evaluateAll((elements) =>
      elements
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          return Math.round(height) < 44 || Math.round(width) < 44;
        })
        .map((element) => element.getAttribute("aria-label") ?? element.textContent),
    );
}

test("a phone has everything within reach", async ({ page, person }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectToFit(page);
  expect(await smallTargets(page)).toEqual([]);

  await signIn(page, person);
  await expect(composer(page)).toBeVisible();
  await expect(composer(page)).not.toBeFocused();
  await chooseTestModel(page);
  await ask(page, "A question from a phone");
  await answered(page);
  await expectToFit(page);
  expect(await smallTargets(page)).toEqual([]);

  await page.getByRole("button", { name: "Open sidebar" }).click();
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  await page.getByRole("button", { name: "More about A title" }).click();
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Instructions and memory…" }).click();
  const dialog = page.getByRole("dialog", { name: "Instructions and memory" });
  await expect(dialog.getByRole("textbox", { name: "Instructions" })).toBeVisible();
  await expect(sidebar(page)).toBeHidden();
  await expectToFit(page);
  expect(await smallTargets(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Open sidebar" }).click();
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
  await expect(sidebar(page)).toBeHidden();
  await expectToFit(page);

  await page.setViewportSize({ width: 320, height: 600 });
  await expectToFit(page);
});
