/** They ask three models at once and keep the one they like. */
import {
  alone,
  answered,
  answers,
  ask,
  column,
  compareWith,
  composer,
  expect,
  openNewChat,
} from "./support/app";
import { test } from "./support/kept";

test("three models answer side by side, and the one that is liked is gone on with", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await compareWith(page, ["test-model-2", "test-model-3"]);
  await composer(page).fill("Who are you? #name");
  await page.getByRole("button", { name: "Ask 3 models" }).click();
  for (const model of ["test-model", "test-model-2", "test-model-3"]) {
    await expect(column(page, model)).toContainText(`I am ${model}.`);
    await expect(column(page, model)).toContainText("Receipt:");
  }
  await composer(page).fill("And now?");
  await composer(page).press("Enter");
  await expect(page.getByText("Choose the answer to go on with first.")).toBeVisible();

  await page.reload();
  await expect(column(page, "test-model-3")).toContainText("I am test-model-3.");
  await page.getByRole("button", { name: "Go on with test-model-2" }).click();
  await expect(answers(page)).toHaveCount(1);
  await expect(answers(page)).toContainText("I am test-model-2.");
  // The columns are in the order in which their runs began.
  await expect(answers(page)).toContainText(/[23] \/ 3/);
  await ask(page, "And now?");
  await answered(page);
  await page.reload();
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).first()).toContainText("I am test-model-2.");
});

test("on a phone the columns lie side by side, and the page does not grow wider", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await page.setViewportSize({ width: 390, height: 800 });
  await compareWith(page, ["test-model-2", "test-model-3"]);
  await ask(page, "Who are you? #name");
  await expect(column(page, "test-model-3")).toContainText("Receipt:");
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
  await column(page, "test-model-3").getByRole("button", { name: "Go on with" }).click();
  await expect(answers(page)).toContainText("I am test-model-3.");
});

test(
  "a failure stays in its own column, and each column can be stopped",
  alone,
  async ({ page, person, writing }) => {
    await openNewChat(page, person);
    await compareWith(page, ["test-model-2", "test-model-3"]);
    await ask(page, `Count. #down test-model-2 ${writing.until}`);
    await expect(column(page, "test-model-2")).toContainText("No complete answer.");
    await expect(column(page, "test-model")).toContainText("word3 ");
    await expect(column(page, "test-model-3")).toContainText("word3 ");
    await page.reload();
    await expect(column(page, "test-model")).toContainText("word5 ");
    await expect(column(page, "test-model-3")).toContainText("word5 ");
    await page.getByRole("button", { name: "Stop test-model-3" }).click();
    await expect(column(page, "test-model-3")).toContainText("Stopped");
    await writing.end();
    await expect(column(page, "test-model")).toContainText("lastword");
  },
);
