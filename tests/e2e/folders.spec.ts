/** Conversations in folders, and what a folder tells the models that are asked in it. */
import type { Locator, Page } from "@playwright/test";

import {
  answered,
  answers,
  ask,
  expect,
  openNewChat,
  sidebar,
  signIn,
  startChat,
  test,
} from "./support/app";
import { violations } from "./support/axe";
import { expectToFit, targetsBelow } from "./support/layout";
import { setTheme, type Theme } from "./support/themes";

function folders(page: Page): Locator {
  return page.getByRole("navigation", { name: "Folders" });
}

function inFolder(page: Page): Locator {
  return page.getByRole("region", { name: "Conversations" });
}

function title(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

/** From the keyboard alone. */
async function makeFolder(page: Page, name: string): Promise<void> {
  await folders(page).getByRole("button", { name: "New folder" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(title(page, name)).toBeFocused();
}

async function instruct(page: Page, instructions: string): Promise<void> {
  await page.getByRole("textbox", { name: "Instructions" }).fill(instructions);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

async function openMove(page: Page): Promise<Locator> {
  await sidebar(page).getByRole("link", { name: "A title" }).hover();
  await sidebar(page).getByRole("button", { name: "More about A title" }).press("Enter");
  await page.getByRole("menuitem", { name: "Move to folder…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Move to folder" });
  await expect(dialog.getByRole("radio", { name: "No folder" })).toBeVisible();
  return dialog;
}

test("a folder's instructions go before every question that is asked in it", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await makeFolder(page, "Garden");
  await expect(inFolder(page)).toContainText("Nothing here yet.");
  await instruct(page, "Give lengths in metres.");

  await page.getByRole("button", { name: "New chat in this folder" }).press("Enter");
  await expect(page).toHaveURL(/\/\?folder=/);
  await expect(page.getByText("New chat in folder Garden")).toBeVisible();
  await ask(page, "What were you told? #told");
  await expect(answers(page).last()).toContainText("Give lengths in metres.");
  await answered(page);
  await expect(page.getByText("New chat in folder")).toBeHidden();
  await expect(sidebar(page).getByRole("link", { name: "A title in folder Garden" })).toBeVisible();

  await page.getByRole("link", { name: "In folder Garden", exact: true }).click();
  await expect(inFolder(page).getByRole("link", { name: "A title" })).toBeVisible();
  await instruct(page, "Give lengths in feet.");
  await inFolder(page).getByRole("link", { name: "A title" }).click();
  await ask(page, "And now? #told");
  await expect(answers(page).last()).toContainText("Give lengths in feet.");
  await answered(page);

  await page.goto("/");
  await folders(page).getByRole("link", { name: "Garden" }).click();
  await page.getByRole("button", { name: "New chat in this folder" }).click();
  await page.getByRole("button", { name: "Not in this folder" }).click();
  await expect(page).toHaveURL("/");
  await ask(page, "And outside of it? #told");
  await expect(answers(page).last()).toContainText("You are a helpful assistant.");
  await expect(answers(page).last()).not.toContainText("feet");
  await answered(page);
});

test("a conversation moves, and outlives its folder, whose deletion can be undone", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await ask(page, "How tall is a hive?");
  await answered(page);
  const link = sidebar(page).getByRole("link", { name: "A title" });
  await expect(link).toHaveAccessibleName("A title");

  const dialog = await openMove(page);
  await expect(dialog.getByRole("radio", { name: "No folder" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: "New folder…" })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Bees");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(link).toHaveAccessibleName("A title in folder Bees");

  await makeFolder(page, "Ants");
  await openMove(page);
  await expect(dialog.getByRole("radio", { name: "Bees" })).toBeChecked();
  await dialog.getByRole("radio", { name: "Ants" }).check();
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(inFolder(page).getByRole("link", { name: "A title" })).toBeVisible();
  await page.reload();
  await expect(inFolder(page).getByRole("link", { name: "A title" })).toBeVisible();

  await page.getByRole("button", { name: "Delete folder" }).click();
  await expect(page).toHaveURL("/");
  await expect(folders(page).getByRole("link")).toHaveText(["Bees"]);
  await expect(link).toHaveAccessibleName("A title");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(title(page, "Ants")).toBeVisible();
  await expect(inFolder(page).getByRole("link", { name: "A title" })).toBeVisible();

  const deleted = page.waitForResponse(/folders\.delete/);
  await page.getByRole("button", { name: "Delete folder" }).click();
  await deleted;
  await page.goBack();
  await expect(title(page, "There is no folder here.")).toBeVisible();
  await link.click();
  await expect(title(page, "A title")).toBeVisible();
  await expect(page.getByRole("link", { name: /^In folder/ })).toBeHidden();
});

test("what was not saved stays, and what was refused says why", async ({
  page,
  person,
  watched,
}) => {
  watched.expected.push(/Failed to load resource/);
  await signIn(page, person);
  await makeFolder(page, "Garden");
  const field = page.getByRole("textbox", { name: "Instructions" });
  await field.fill("x".repeat(20_001));
  await expect(page.getByText("this is 1 too long")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
  await field.fill("Give lengths in metres.");
  const message = "This is being changed from several places. Try again.";
  await page.route(
    /folders\.change/,
    (route) =>
      route.fulfill({
        status: 409,
        headers: { "access-control-allow-origin": "*" },
        json: { error: { status: "ABORTED", message } },
      }),
    { times: 1 },
  );
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText(message);
  await page.getByRole("link", { name: "New chat", exact: true }).click();
  await folders(page).getByRole("link", { name: "Garden" }).click();
  await expect(field).toHaveValue("Give lengths in metres.");
  await page.getByRole("textbox", { name: "Name" }).fill("Terrace");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(title(page, "Terrace")).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue("Give lengths in metres.");
  await expect(folders(page).getByRole("link")).toHaveText(["Terrace"]);

  // The folders are there with the first frame; what hears keys is there before anything is called.
  const called = page.waitForResponse(/models\.list$/);
  await page.goto("/");
  await expect(folders(page).getByRole("link")).toHaveText(["Terrace"]);
  await called;
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Palette" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("terr");
  await expect(palette.getByRole("option")).toHaveText(["Terrace"]);
  await page.keyboard.press("Enter");
  await expect(title(page, "Terrace")).toBeVisible();
});

test("names that are too long fit a phone, and axe finds nothing", async ({ page, person }) => {
  // Axe looks at everything six times.
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 360, height: 700 });
  const expectNothing = async (...looks: Theme[]) => {
    for (const theme of looks) {
      await setTheme(page, theme);
      expect(await violations(page)).toEqual([]);
    }
    await expectToFit(page);
    expect(await targetsBelow(page, 24)).toEqual([]);
  };
  await startChat(page, person, "How tall is a hive?");
  await answered(page);
  await page.getByRole("button", { name: "Open sidebar" }).click();
  await folders(page).getByRole("button", { name: "New folder" }).click();
  const name = `Much too long ${"and no space to break it ".repeat(2)}${"a".repeat(100)}`;
  const dialog = page.getByRole("dialog", { name: "New folder" });
  await expect(dialog).toBeVisible();
  await expectNothing("light");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Make the folder" }).click();
  await expect(title(page, name)).toBeVisible();
  await expectNothing("light", "dark");
  await page.getByRole("button", { name: "Open sidebar" }).click();
  const move = await openMove(page);
  await expectNothing("dark");
  await move.getByRole("radio", { name }).check();
  await move.getByRole("button", { name: "Move" }).click();
  await inFolder(page).getByRole("link", { name: "A title" }).click();
  await expect(page.getByRole("link", { name: `In folder ${name}` })).toBeVisible();
  await expectNothing("light");
  await page.goBack();
  await page.getByRole("button", { name: "New chat in this folder" }).click();
  await expect(page.getByText(`New chat in folder ${name}`)).toBeVisible();
  await expectNothing("dark");
});
