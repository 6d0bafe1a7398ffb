/** Press Stop: it stops at once, what was written stays. */
import { anotherTab, answered, answers, ask, composer, expect, startChat } from "./support/app";
import { test } from "./support/kept";

test("Stop ends an answer at once, and what was written stays", async ({ page, person }) => {
  await startChat(page, person, "Count. #until never");
  await expect(answers(page)).toContainText("word3 ");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answers(page)).toContainText("Stopped", { timeout: 2_000 });
  await expect(page.getByText("The answer was stopped.")).toBeAttached();
  await answered(page);
  const written = await answers(page).locator(".markdown").innerText();
  expect(written).toContain("word3");

  await page.reload();
  await expect(answers(page).locator(".markdown")).toHaveText(written, { useInnerText: true });
  await expect(answers(page)).toContainText("Stopped");
});

test("Escape in the composer stops it too, and the question after it is answered", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Count. #until never");
  await expect(answers(page)).toContainText("word2 ");
  await composer(page).press("Escape");
  await expect(answers(page)).toContainText("Stopped", { timeout: 2_000 });
  await ask(page, "And now?");
  await expect(answers(page).last()).toContainText("A short answer.");
});

test("an answer can be stopped from another tab", async ({ page, person }) => {
  await startChat(page, person, "Count. #until never");
  await expect(answers(page)).toContainText("word3 ");
  const second = await anotherTab(page);
  // Its database gives up on a slow connection after ten seconds, and tries again.
  await expect(answers(second)).toContainText("word3 ", { timeout: 30_000 });
  await second.getByRole("button", { name: "Stop" }).click();
  for (const tab of [page, second]) {
    await expect(answers(tab)).toContainText("Stopped", { timeout: 5_000 });
    await expect(answers(tab)).toHaveCount(1);
  }
});
