import type { Page } from "@playwright/test";

import {
  anotherTab,
  answered,
  ask,
  composer,
  expect,
  openNewChat,
  sidebar,
  signIn,
  test,
} from "./support/app";

async function startConversation(page: Page, question: string): Promise<void> {
  await ask(page, question);
  await answered(page);
}

async function openMenu(page: Page, title: string): Promise<void> {
  await sidebar(page).getByRole("link", { name: title }).hover();
  await sidebar(page)
    .getByRole("button", { name: `More about ${title}` })
    .click();
}

test("renames in place, in the list and at the top", async ({ page, person }) => {
  await openNewChat(page, person);
  await startConversation(page, "First question");
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();

  await openMenu(page, "A title");
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const field = page.getByRole("textbox", { name: "Title of the conversation" });
  await field.fill("My bees");
  await field.press("Enter");
  await expect(sidebar(page).getByRole("link", { name: "My bees" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "My bees" })).toBeVisible();

  await page.getByRole("heading", { level: 1 }).getByRole("button").click();
  await field.fill("Never mind");
  await field.press("Escape");
  await expect(page.getByRole("heading", { level: 1, name: "My bees" })).toBeVisible();
  await page.getByRole("heading", { level: 1 }).getByRole("button").click();
  await field.fill("Our bees");
  await field.press("Enter");

  const second = await anotherTab(page);
  await expect(second.getByRole("heading", { level: 1, name: "Our bees" })).toBeVisible();
  await expect(second).toHaveTitle("Our bees – ColonyCraft AI");
});

test("deletes at once and takes it back", async ({ page, person }) => {
  await openNewChat(page, person);
  await startConversation(page, "Keep this");
  const url = page.url();
  const link = sidebar(page).getByRole("link", { name: "A title" });
  await expect(link).toBeVisible();

  await openMenu(page, "A title");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(link).toBeHidden();
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(link).toBeVisible();
  await expect(page).toHaveURL(url);
  await page.reload();
  await expect(link).toBeVisible();

  await openMenu(page, "A title");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText("deleted.")).toBeVisible();
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect(sidebar(page).getByText("Nothing here yet.")).toBeVisible();
  await page.goto(url);
  await expect(page.getByRole("heading", { name: "This conversation was deleted." })).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(link).toBeVisible();
});

test("a foreign or wrong address says that nothing is there", async ({ page, person }) => {
  await signIn(page, person, `/c/${crypto.randomUUID()}`);
  await expect(page.getByRole("heading", { name: "There is no conversation here." })).toBeVisible();
  await page.goto("/nowhere");
  await expect(
    page.getByRole("heading", { name: "There is nothing at this address." }),
  ).toBeVisible();
});
