import { answered, answers, composer, expect, openMemory, startChat } from "./support/app";
import { test } from "./support/kept";
import { expectFocusInSight } from "./support/layout";

test("a line of an answer holds 65 to 75 characters", async ({ page, person }) => {
  await startChat(page, person, "In prose, please. #sample");
  await answered(page);
  const answer = answers(page).last();
  // Until what draws Markdown is there, its source is one paragraph.
  await expect(answer.getByRole("heading", { name: "Growth of a colony" })).toBeVisible();
  const perLine = await answer
    .locator("p")
    .first()
    .evaluate((paragraph) => {
      const range = document.createRange();
      range.selectNodeContents(paragraph);
      const widths = [...range.getClientRects()].map(({ width }) => width);
      const lines = widths.length - 1 + (widths.at(-1) ?? 0) / Math.max(...widths);
      return paragraph.textContent.length / lines;
    });
  expect(perLine).toBeGreaterThanOrEqual(65);
  expect(perLine).toBeLessThanOrEqual(75);
});

test("what has the focus is never hidden by what stays in place", async ({ page, person }) => {
  await startChat(page, person, "A long one. #sample");
  await page.setViewportSize({ width: 1280, height: 420 });
  await answered(page);
  await page.getByRole("link", { name: "Skip to content" }).focus();
  expect(await expectFocusInSight(page)).toBeGreaterThan(15);

  const dialog = await openMemory(page);
  await dialog.getByRole("textbox", { name: "Instructions" }).focus();
  expect(await expectFocusInSight(page)).toBeGreaterThan(4);
  await page.keyboard.press("Escape");
  await expect(composer(page)).toBeVisible();
});
