/** They make the product theirs, and begin in it. */
import {
  answered,
  ask,
  composer,
  currentRow,
  expect,
  openNewChat,
  questions,
  sidebar,
  signIn,
  testModel,
} from "./support/app";
import { test } from "./support/kept";

test("a way to begin is put into the field, not sent", async ({ page, person }) => {
  await openNewChat(page, person);
  const ways = page.getByRole("list", { name: "Ways to begin" });
  await ways.getByRole("button").first().click();
  await expect(composer(page)).toHaveValue(/sky is blue/);
  await expect(composer(page)).toBeFocused();
  await expect(ways).toHaveCount(0);
  await expect(page).toHaveURL("/");
});

test("an answer that ends while one is elsewhere is marked until it is seen", async ({
  page,
  person,
  writing,
}) => {
  await openNewChat(page, person);
  await ask(page, `Count. ${writing.until}`);
  await expect(sidebar(page).getByText("Answer is being written")).toBeAttached();
  await page.getByRole("link", { name: "New chat" }).click();
  await writing.end();
  await expect(sidebar(page).getByText("New answer")).toBeAttached();
  await sidebar(page).getByRole("link").first().click();
  await expect(sidebar(page).getByText("New answer")).toHaveCount(0);
});

test("rows and messages come closer together where one wants that", async ({ page, person }) => {
  await openNewChat(page, person);
  await ask(page, "Nothing much");
  await answered(page);
  const row = currentRow(page).getByRole("link", { name: "A title" });
  await expect(row).toBeVisible();
  const heights = async () =>
    Promise.all([row, questions(page)].map(async (one) => (await one.boundingBox())?.height ?? 0));
  const [rowBefore = 0, messageBefore = 0] = await heights();
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Compact" }).check();
  await page.goBack();
  await page.reload();
  await expect(questions(page)).toBeVisible();
  const [rowAfter = 0, messageAfter = 0] = await heights();
  expect(rowAfter).toBe(28);
  expect(rowAfter).toBeLessThan(rowBefore);
  expect(messageAfter).toBeLessThan(messageBefore);
});

test("what was chosen for reading and writing stays", async ({ page, person }) => {
  await signIn(page, person, "/settings", testModel);
  const size = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const normal = await size();
  await page.getByRole("radio", { name: "Larger" }).check();
  await page.getByRole("radio", { name: "Wide" }).check();
  await page.getByRole("radio", { name: "Ctrl Enter" }).check();
  expect(await size()).toBe(normal * 1.25);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Larger" })).toBeChecked();
  expect(await size()).toBe(normal * 1.25);

  await page.getByRole("link", { name: "New chat" }).click();
  await composer(page).fill("One line");
  await composer(page).press("Enter");
  await page.keyboard.type("and another");
  await expect(composer(page)).toHaveValue("One line\nand another");
  await composer(page).press("Control+Enter");
  await expect(questions(page)).toContainText("One line");
  await answered(page);
  const thread = page.locator("[data-entry]").first();
  expect((await thread.boundingBox())?.width).toBeGreaterThan(800);
});
