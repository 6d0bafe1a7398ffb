import type { Page } from "@playwright/test";

import {
  accountButton,
  answered,
  answers,
  ask,
  column,
  compareWith,
  composer,
  expect,
  makeFolder,
  modelPicker,
  openMemory,
  signIn,
  startChat,
  test,
} from "./support/app";
import { expectNoViolations } from "./support/axe";
import { expectToFit, targetsBelow } from "./support/layout";
import { follow, open, personalRoutes, publicRoutes } from "./support/pages";

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });
// Axe looks at everything four times.
test.describe.configure({ timeout: 120_000 });

const popup = "[role=dialog]";
const menu = "[role=menu]";

/** Targets of 24 px, and all it says with text of twice the size, as somebody sets it who reads large letters. */
async function expectToReflow(page: Page): Promise<void> {
  expect(await targetsBelow(page, 24), page.url()).toEqual([]);
  const write = (size: string) =>
    page.evaluate((wanted) => {
      document.documentElement.style.fontSize = wanted;
    }, size);
  await write("200%");
  await expectToFit(page);
  await write("");
}

test("a page where nobody is signed in has landmarks, reflows, and axe finds nothing in any theme", async ({
  page,
}) => {
  for (const route of publicRoutes) {
    await open(page, route);
    await expect(page.locator("body")).toMatchAriaSnapshot(route.landmarks);
    await expectNoViolations(page);
    await expectToReflow(page);
  }
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNoViolations(page, popup);
});

test("a person's page has landmarks, reflows, and axe finds nothing in any theme", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Show everything. #sample");
  await answered(page);
  await expect(answers(page).locator("pre span[style]").first()).toBeVisible();
  const conversation = new URL(page.url()).pathname;
  const folder = await makeFolder(page);
  for (const route of personalRoutes(conversation, folder)) {
    await follow(page, route);
    await expect(page.locator("body")).toMatchAriaSnapshot(route.landmarks);
    // The sidebar is the same on all of them.
    await expectNoViolations(page, "html", route.path === "/" ? "html" : "main");
    await expectToReflow(page);
  }
  await expect(page.getByRole("link", { name: "New chat" }).last()).toBeVisible();
});

test("axe finds nothing in what opens, in any theme", async ({ page, person }) => {
  await signIn(page, person);
  await modelPicker(page).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("openai");
  await expectNoViolations(page, popup);
  await page.getByRole("group", { name: "OpenAI" }).getByRole("option").first().click();
  await ask(page, "A short one");
  await answered(page);
  await answers(page).locator("summary").last().click();
  await expectNoViolations(page, "article:last-of-type details");
  await page.getByRole("button", { name: "More about this answer" }).click();
  await expect(page.getByRole("menuitem", { name: "Pin" })).toBeVisible();
  await expectNoViolations(page, menu);
  await page.keyboard.press("Escape");
  await accountButton(page).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await expectNoViolations(page, menu);
  await page.keyboard.press("Escape");

  const dialog = await openMemory(page);
  await dialog.getByRole("combobox", { name: "Choose a model to ask" }).click();
  await page.getByRole("option", { name: "test-model-2 OpenAI" }).click();
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("listitem")).toHaveText([/test-model-2/]);
  await expectNoViolations(page, popup);
  await dialog.getByRole("button", { name: "Discard changes" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();

  await compareWith(page, ["test-model-2"]);
  await composer(page).fill("Side by side");
  await page.keyboard.press("Enter");
  await expect(column(page, "test-model-2").getByText("Receipt:")).toBeVisible();
  await expectNoViolations(page, "[aria-label=Comparison]");
});
