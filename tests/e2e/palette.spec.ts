/** They find everything by its name, and give it keys of their own. */

import { answered, composer, expect, modelPicker, sidebar, startChat } from "./support/app";
import { test } from "./support/kept";
import { expectNoViolations } from "./support/axe";

test("the palette leads to conversations, models and whatever can be done here", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Something");
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  const address = page.url();
  const palette = page.getByRole("dialog", { name: "Palette" });
  const search = palette.getByRole("combobox");
  const open = async (query: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(search).toBeFocused();
    await search.fill(query);
  };

  await open("new ch");
  await expect(palette.getByRole("option")).toHaveText([/New chat/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toBeFocused();

  await open("title");
  await expect(palette.getByRole("option")).toHaveText(["A title"]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(address);

  await open("model-2");
  await page.keyboard.press("Enter");
  await expect(modelPicker(page)).toContainText("test-model-2");

  await open("nothing of the kind");
  await expect(palette.getByText("Nothing is called that.")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette).toHaveCount(0);
});

test("keys can be changed, and the sheet, the menus and the palette say so", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Something");
  await answered(page);
  await page.keyboard.press("ControlOrMeta+/");
  const sheet = page.getByRole("dialog", { name: "Shortcuts" });
  await sheet.getByRole("button", { name: /^Settings/ }).click();
  const field = sheet.getByRole("textbox", { name: "New keys for “Settings”" });
  await expect(field).toBeFocused();
  await field.press("s");
  await expect(sheet.getByRole("status")).toContainText(/Hold/);
  await field.press("ControlOrMeta+w");
  await expect(sheet.getByRole("status")).toHaveText("The browser needs these keys.");
  await field.press("Alt+s");
  await expect(sheet.getByRole("button", { name: /^Settings Alt S/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  // What hears keys is there before anything is called.
  const called = page.waitForResponse(/models\.list$/);
  await page.reload();
  await called;
  await page.getByRole("button", { name: "Account of" }).click();
  await expect(page.getByRole("menuitem", { name: "Settings Alt S" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.keyboard.press("Alt+s");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

test("axe finds nothing in what opens by keys, in any theme", async ({ page, person }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await startChat(page, person, "Something");
  await answered(page);
  for (const [keys, role, name] of [
    ["ControlOrMeta+k", "dialog", "Palette"],
    ["ControlOrMeta+/", "dialog", "Shortcuts"],
    ["ControlOrMeta+f", "search", "Find in the conversation"],
  ] as const) {
    await page.keyboard.press(keys);
    const opened = page.getByRole(role, { name });
    await expect(opened).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await expect(opened).toHaveCount(0);
  }
});
