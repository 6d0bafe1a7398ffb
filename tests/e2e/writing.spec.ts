/** They write something long. */
import type { Locator, Page } from "@playwright/test";

import { violations } from "./support/axe";
import { answered, composer, expect, openNewChat, questions } from "./support/app";
import { test } from "./support/kept";
import { expectToFit } from "./support/layout";

const openEditor = "ControlOrMeta+Shift+Enter";

function editor(page: Page): Locator {
  return page.getByRole("dialog", { name: "Write a message" });
}

async function caretOf(field: Locator): Promise<[number, number]> {
  return field.evaluate((element: HTMLTextAreaElement) => [
    element.selectionStart,
    element.selectionEnd,
  ]);
}

test("the field grows to 45 % of the height, and becomes small again", async ({ page, person }) => {
  await openNewChat(page, person);
  const height = async () => (await composer(page).boundingBox())?.height ?? 0;
  const small = await height();
  await composer(page).fill("A line\n".repeat(8));
  expect(await height()).toBeGreaterThan(4 * small);
  await composer(page).fill("A line\n".repeat(80));
  expect(await height()).toBeCloseTo(0.45 * 800, 0);
  await composer(page).fill("");
  expect(await height()).toBe(small);
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(composer(page)).toBeFocused();
});

test("the draft is written on the whole page, and the caret stays where it is", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await composer(page).fill("One three");
  await composer(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 9));
  await page.keyboard.press(openEditor);
  const large = editor(page).getByRole("textbox", { name: "Message" });
  await expect(large).toBeFocused();
  expect(await caretOf(large)).toEqual([4, 9]);
  const box = await editor(page).boundingBox();
  expect([box?.width, box?.height]).toEqual([1280, 800]);
  expect(await violations(page)).toEqual([]);

  await page.keyboard.type("two");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Escape");
  await expect(editor(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("One two\n");
  expect(await caretOf(composer(page))).toEqual([8, 8]);
  await page.keyboard.type("three");
  await expect(composer(page)).toHaveValue("One two\nthree");

  await page.getByRole("button", { name: "Write on the whole page" }).click();
  // The draft is there with the first frame; what hears keys is there before anything is called.
  const called = page.waitForResponse(/models\.list$/);
  await page.reload();
  await expect(composer(page)).toHaveValue("One two\nthree");
  await called;
  await composer(page).focus();
  await page.keyboard.press(openEditor);
  await expect(large).toBeFocused();
  await page.keyboard.press(openEditor);
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press(openEditor);
  await large.press("Enter");
  await expect(editor(page)).toBeHidden();
  await expect(questions(page)).toContainText("One two");
  await expect(composer(page)).toHaveValue("");
  await expect(composer(page)).toBeFocused();
  await answered(page);
});

test("what cannot be sent says so on the whole page, too", async ({ page, person }) => {
  await openNewChat(page, person);
  await page.setViewportSize({ width: 360, height: 700 });
  await composer(page).fill("x".repeat(100_002));
  await page.getByRole("button", { name: "Write on the whole page" }).click();
  await expect(editor(page).getByRole("status")).toContainText("this is 2 too long");
  await editor(page).getByRole("textbox").press("Enter");
  await expect(editor(page)).toBeVisible();
  await expectToFit(page);
  await editor(page).getByRole("button", { name: "Close" }).click();
  await expect(composer(page)).toBeFocused();
});
