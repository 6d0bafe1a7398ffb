/** Questions written while an answer runs wait, on every device, and go one after another. */
import type { Page } from "@playwright/test";

import {
  anotherTab,
  answered,
  answers,
  composer,
  expect,
  questions,
  startChat,
  waiting,
} from "./support/app";
import { test } from "./support/kept";

async function queueUp(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(waiting(page).filter({ hasText: text })).toBeVisible();
  await expect(waiting(page).filter({ hasText: "Being queued" })).toHaveCount(0);
}

test("questions wait, are put in order, taken back, and answered one after another", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, `Count. ${writing.until}`);
  await expect(answers(page)).toContainText("word2 ");
  for (const text of ["Alpha", "Beta", "Gamma"]) await queueUp(page, text);
  const second = await anotherTab(page);
  await expect(waiting(second)).toHaveText([/Alpha/, /Beta/, /Gamma/]);

  await waiting(page).nth(1).getByRole("button", { name: "Move up" }).click();
  await expect(waiting(page)).toHaveText([/Beta/, /Alpha/, /Gamma/]);
  await expect(waiting(second)).toHaveText([/Beta/, /Alpha/, /Gamma/]);
  await waiting(page).nth(2).dragTo(waiting(page).nth(0));
  await expect(waiting(second)).toHaveText([/Gamma/, /Beta/, /Alpha/]);
  await waiting(page)
    .filter({ hasText: "Gamma" })
    .getByRole("button", { name: "Remove waiting question" })
    .click();
  await expect(waiting(second)).toHaveText([/Beta/, /Alpha/]);
  await waiting(page)
    .filter({ hasText: "Alpha" })
    .getByRole("button", { name: "Edit waiting question" })
    .click();
  await expect(composer(page)).toHaveValue("Alpha");
  await queueUp(page, "Alpha, but better");

  await writing.end();
  await expect(questions(page)).toHaveText([/Count/, /Beta/, /Alpha, but better/]);
  await expect(answers(page)).toHaveCount(3);
  await answered(page);
  await expect(waiting(page)).toHaveCount(0);
  await expect(answers(second)).toHaveCount(3);
});

test("after a stop the waiting questions wait for a word", async ({ page, person }) => {
  await startChat(page, person, "Count. #until never");
  await expect(answers(page)).toContainText("word2 ");
  await queueUp(page, "And then?");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answers(page)).toContainText("Stopped");
  await expect(waiting(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(questions(page)).toHaveText([/Count/, /And then/]);
  await expect(waiting(page)).toHaveCount(0);
  await answered(page);
});
