/** Reload in the middle; open it on a phone; close the laptop: the answer goes on, whole and once. */
import { answered, answers, chooseAccount, expect, startChat, test } from "./support/app";

/** The words of an answer are numbered: none is missing, none is there twice. */
function expectWhole(text: string): void {
  const numbers = [...text.matchAll(/word(\d+)/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}

test("a reload in the middle goes on where it was", async ({ page, person, writing }) => {
  await startChat(page, person, `Count. ${writing.until}`);
  await expect(answers(page)).toContainText("word5 ");
  await page.reload();
  await expect(answers(page)).toContainText("word5 ");
  expectWhole(await answers(page).locator(".markdown").innerText());
  await writing.end();
  await expect(answers(page)).toContainText("lastword");
  await answered(page);
  await expect(answers(page)).toHaveCount(1);
  expectWhole(await answers(page).locator(".markdown").innerText());
});

test("the same conversation streams on another device", async ({
  page,
  person,
  elsewhere,
  writing,
}) => {
  await startChat(page, person, `Count. ${writing.until}`);
  await expect(answers(page)).toContainText("word3 ");
  await elsewhere.setViewportSize({ width: 390, height: 800 });
  await elsewhere.goto(page.url());
  await chooseAccount(elsewhere, person);
  await expect(answers(elsewhere)).toContainText("word3 ");
  const read = await answers(elsewhere).locator(".markdown").innerText();
  await expect(answers(elsewhere).locator(".markdown")).not.toHaveText(read, {
    useInnerText: true,
  });
  await writing.end();
  await expect(answers(elsewhere)).toContainText("lastword");
  expectWhole(await answers(elsewhere).locator(".markdown").innerText());
});

test("closing the page does not end the answer: it is finished and waiting", async ({
  page,
  person,
  context,
  writing,
}) => {
  await startChat(page, person, `Count. ${writing.until}`);
  await expect(answers(page)).toContainText("word3 ");
  const address = page.url();
  await page.close();
  await writing.end();
  const later = await context.newPage();
  await later.goto(address);
  await expect(answers(later)).toContainText("lastword");
  await answered(later);
  expectWhole(await answers(later).locator(".markdown").innerText());
});

test("a stopped answer goes on from what was written", async ({ page, person }) => {
  await startChat(page, person, "Count. #until never");
  await expect(answers(page)).toContainText("word3 ");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answers(page)).toContainText("Stopped");
  const written = await answers(page).locator(".markdown").innerText();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(answers(page)).toContainText("A short answer.");
  await answered(page);
  await expect(answers(page)).toHaveCount(1);
  expect(await answers(page).locator(".markdown").innerText()).toContain(written.trim());
  await expect(answers(page)).not.toContainText("Stopped");
});
