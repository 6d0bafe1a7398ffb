/** The model of a conversation: pinned ones first, and what another one changes. */
import type { Locator, Page } from "@playwright/test";

import {
  answered,
  ask,
  chooseTestModel,
  expect,
  modelPicker,
  openNewChat,
  signIn,
} from "./support/app";
import { test } from "./support/kept";
import { violations } from "./support/axe";

function search(page: Page): Locator {
  return page.getByRole("combobox", { name: "Search models" });
}

function pinned(page: Page): Locator {
  return page.getByRole("group", { name: "Pinned" }).getByRole("option");
}

async function openPicker(page: Page): Promise<void> {
  await modelPicker(page).click();
  await expect(search(page)).toBeFocused();
}

test("another model says what it changes here before it is chosen", async ({ page, person }) => {
  await openNewChat(page, person);
  await chooseTestModel(page, "gpt-5-mini");
  await openPicker(page);
  await expect(page.getByText("In this conversation:")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await ask(page, "What can you do?");
  await answered(page);
  await openPicker(page);
  const option = (name: string) =>
    page.getByRole("group", { name: "OpenAI" }).getByRole("option", { name });
  await expect(option("test-model-2")).toContainText("In this conversation: sees no pictures");
  await expect(option("GPT-5 mini")).not.toContainText("In this conversation:");
});

test("models are pinned by a key and by hand, and come first on every device", async ({
  page,
  person,
  elsewhere,
}) => {
  await openNewChat(page, person);
  await openPicker(page);
  await expect(page.getByText("Pin a model at the top")).toBeVisible();
  await page.keyboard.type("test-model-2");
  await expect(page.locator("[role=option][data-highlighted]")).toContainText("test-model-2");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("test-model-2 is pinned.")).toBeAttached();
  await expect(pinned(page)).toHaveText([/^test-model-2 \(pinned\)/]);
  await search(page).fill("");
  const option = page
    .getByRole("group", { name: "OpenAI" })
    .getByRole("option")
    .filter({ hasText: "GPT-5 mini" });
  await option.hover();
  await option.getByTitle("Pin").click();
  await expect(pinned(page)).toHaveText([/^test-model-2/, /^GPT-5 mini/]);
  expect(await violations(page)).toEqual([]);

  await signIn(elsewhere, person);
  await openPicker(elsewhere);
  await expect(pinned(elsewhere)).toHaveText([/^test-model-2/, /^GPT-5 mini/]);
  await pinned(elsewhere).first().hover();
  await pinned(elsewhere).first().getByTitle("No longer pin").click();
  await expect(pinned(page)).toHaveText([/^GPT-5 mini/]);
});
