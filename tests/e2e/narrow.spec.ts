import {
  answered,
  ask,
  chooseTestModel,
  composer,
  expect,
  makeFolder,
  questions,
  sidebar,
  signIn,
  startChat,
  test,
} from "./support/app";
import { expectToFit, targetsBelow } from "./support/layout";
import { follow, open, personalRoutes, publicRoutes, type Route } from "./support/pages";

// Every page of the product is opened in one test.
test.describe.configure({ timeout: 120_000 });

test.use({ viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true });

test("a phone has everything within reach", async ({ page, person }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectToFit(page);
  expect(await targetsBelow(page, 44)).toEqual([]);

  await signIn(page, person);
  await expect(composer(page)).toBeVisible();
  await expect(composer(page)).not.toBeFocused();
  await chooseTestModel(page);
  await ask(page, "A question from a phone");
  await answered(page);
  await expectToFit(page);
  expect(await targetsBelow(page, 44)).toEqual([]);
  // A window of a computer may be as narrow, and a phone have a keyboard.
  await page.keyboard.press("ControlOrMeta+f");
  await expect(page.getByRole("search")).toBeVisible();
  // It covers nothing that it finds: one could click there.
  await questions(page).getByText("A question from a phone").click({ trial: true });
  await expectToFit(page);
  expect(await targetsBelow(page, 44)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("search")).toBeHidden();

  await page.getByRole("button", { name: "Open sidebar" }).click();
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  expect(await targetsBelow(page, 44)).toEqual([]);
  await page.getByRole("button", { name: "More about A title" }).click();
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Instructions and memory…" }).click();
  const dialog = page.getByRole("dialog", { name: "Instructions and memory" });
  await expect(dialog.getByRole("textbox", { name: "Instructions" })).toBeVisible();
  await expect(sidebar(page)).toBeHidden();
  await expectToFit(page);
  expect(await targetsBelow(page, 44)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Open sidebar" }).click();
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
  await expect(sidebar(page)).toBeHidden();
  await expectToFit(page);
});

test("every page fits 320 px, and a finger", async ({ page, person }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const look = async (routes: readonly Route[], go = open) => {
    for (const route of routes) {
      await go(page, route);
      await expectToFit(page);
      expect(await targetsBelow(page, 44), route.path).toEqual([]);
    }
  };
  await look(publicRoutes);
  await startChat(page, person, "A colony, written down. #sample");
  await answered(page);
  const conversation = new URL(page.url()).pathname;
  const folder = await makeFolder(page);
  await look(personalRoutes(conversation, folder), follow);
});
