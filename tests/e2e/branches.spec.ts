/** They edit an earlier question and get a second branch, and can page between the two. */
import {
  anotherTab,
  answered,
  answers,
  ask,
  composer,
  currentRow,
  expect,
  questions,
  sidebar,
  startChat,
} from "./support/app";
import { test } from "./support/kept";

test("an edited question is a second version, and one can page between the two", async ({
  page,
  person,
}) => {
  await startChat(page, person, "First");
  await answered(page);
  await ask(page, "Second");
  await answered(page);
  await expect(questions(page)).toHaveCount(2);

  await questions(page).first().hover();
  await questions(page).first().getByRole("button", { name: "Edit question" }).click();
  const editor = page.getByRole("textbox", { name: "Question" });
  await expect(editor).toBeFocused();
  await editor.fill("First, but better");
  await editor.press("Enter");
  await expect(questions(page)).toHaveCount(1);
  await expect(questions(page)).toContainText("First, but better");
  await expect(questions(page)).toContainText("2 / 2");
  await answered(page);

  await questions(page).getByRole("button", { name: "Previous version of this question" }).click();
  await expect(questions(page)).toHaveText([/First/, /Second/]);
  await expect(questions(page).first()).toContainText("1 / 2");
  const other = await anotherTab(page);
  await expect(questions(other)).toHaveText([/First/, /Second/]);

  await page.getByRole("button", { name: "Next version of this question" }).press("Enter");
  await expect(questions(page)).toContainText("First, but better");
  await expect(questions(other)).toHaveText([/First, but better/]);
});

test("an edit can be left as it was", async ({ page, person }) => {
  await startChat(page, person, "As it was");
  await answered(page);
  await questions(page).hover();
  await page.getByRole("button", { name: "Edit question" }).click();
  const editor = page.getByRole("textbox", { name: "Question" });
  await editor.fill("Something else");
  await editor.press("Escape");
  await expect(questions(page)).toContainText("As it was");
  await expect(page.getByRole("button", { name: "Edit question" })).toBeFocused();
});

test("another model answers again beside the first answer", async ({ page, person }) => {
  await startChat(page, person, "Who are you? #name");
  await answered(page);
  await expect(answers(page)).toContainText("I am test-model.");
  await answers(page).hover();
  await page.getByRole("button", { name: "Answer again" }).click();
  await page.getByRole("menuitem", { name: "test-model-2 · OpenAI" }).click();
  await expect(answers(page)).toContainText("I am test-model-2.");
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
  await page.getByRole("button", { name: "Previous version of this answer" }).click();
  await expect(answers(page)).toContainText("I am test-model.");
  await ask(page, "Go on from here");
  await answered(page);
  await page.reload();
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).first()).toContainText("I am test-model.");
});

test("an answer is asked for shorter, then longer, beside the one that is there", async ({
  page,
  person,
}) => {
  await startChat(page, person, "What is a hive?");
  await answered(page);
  for (const [wish, answer, version] of [
    ["Shorter", "Short.", "2 / 2"],
    ["Longer", "So much more.", "3 / 3"],
  ] as const) {
    await answers(page).hover();
    await page.getByRole("button", { name: "Answer again" }).click();
    await page.getByRole("menuitem", { name: wish }).click();
    await expect(answers(page)).toContainText(answer);
    await answered(page);
    await expect(answers(page)).toContainText(version);
    await expect(answers(page).locator("summary")).toContainText(`test-model · ${wish} · `);
  }
  await expect(questions(page)).toHaveCount(1);
  await expect(questions(page)).not.toContainText("length");
  await page.reload();
  await expect(answers(page).locator("summary")).toContainText("Longer");
  await ask(page, "And then? #told");
  await answered(page);
  await expect(answers(page).last()).not.toContainText("length");
});

test("a path is copied into a conversation of its own", async ({ page, person }) => {
  await startChat(page, person, "Alpha");
  await answered(page);
  await ask(page, "Beta");
  await answered(page);
  const address = page.url();
  await expect(currentRow(page)).toBeVisible();
  const listed = await sidebar(page).getByRole("link").count();
  await answers(page).first().hover();
  await answers(page).first().getByRole("button", { name: "More about this answer" }).click();
  await page.getByRole("menuitem", { name: "New conversation up to here" }).click();
  await expect(page).not.toHaveURL(address);
  await expect(questions(page)).toHaveText([/Alpha/]);
  await expect(sidebar(page).getByRole("link")).toHaveCount(listed + 1);
  await composer(page).fill("Gamma");
  await composer(page).press("Enter");
  await answered(page);
  await expect(answers(page)).toHaveCount(2);
});
