/** They decide what the model is sent: instructions, fallbacks, pinned messages, the summary. */
import type { Locator, Page } from "@playwright/test";

import {
  alone,
  answered,
  answers,
  ask,
  currentRow,
  expect,
  openMemory,
  questions,
  startChat,
} from "./support/app";
import { test } from "./support/kept";
import { writeList } from "./support/firestore";

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}

/** More than half of what fits the model. */
function long(name: string): string {
  return `${name}: ${"many words about bees ".repeat(650)}`;
}

async function menuOf(page: Page, message: Locator, what: "question" | "answer"): Promise<void> {
  await message.hover();
  await message.getByRole("button", { name: `More about this ${what}` }).click();
  await expect(page.getByRole("menu")).toBeVisible();
}

test("instructions go before every question, until they are removed", async ({ page, person }) => {
  await startChat(page, person, "Hello");
  await answered(page);
  const dialog = await openMemory(page);
  const field = dialog.getByRole("textbox", { name: "Instructions" });
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Save" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await field.fill("Answer in verse.");
  await save(dialog);
  await ask(page, "What were you told? #told");
  await expect(answers(page).last()).toContainText("Answer in verse.");
  await answered(page);

  await page.reload();
  await openMemory(page);
  await expect(field).toHaveValue("Answer in verse.");
  await field.fill("");
  await save(dialog);
  await ask(page, "And now? #told");
  await expect(answers(page).last()).toContainText("You are a helpful assistant.");
  await answered(page);
  await expect(answers(page).last()).not.toContainText("Answer in verse.");
});

test(
  "the models that were named are asked, in their order, when the chosen one fails",
  alone,
  async ({ page, person }) => {
    await startChat(page, person, "Hello");
    await answered(page);
    const dialog = await openMemory(page);
    await dialog.getByRole("combobox", { name: "Choose a model to ask" }).click();
    const search = page.getByRole("combobox", { name: "Search models to ask" });
    for (const model of ["test-model-2", "test-model-3"]) {
      await search.fill(model);
      await page.getByRole("option", { name: `${model} OpenAI` }).click();
    }
    await page.keyboard.press("Escape");
    await expect(search).toBeHidden();
    await expect(dialog.getByRole("listitem")).toHaveText([/test-model-2/, /test-model-3/]);
    await dialog.getByRole("button", { name: "Ask test-model-3 earlier" }).click();
    await expect(dialog.getByRole("listitem")).toHaveText([/test-model-3/, /test-model-2/]);
    await save(dialog);
    await ask(page, "Who are you? #down test-model #name");
    await expect(answers(page).last()).toContainText("I am test-model-3.");
    await answered(page);

    await openMemory(page);
    await dialog.getByRole("button", { name: "Remove test-model-3" }).click();
    await expect(dialog.getByRole("listitem")).toHaveText([/test-model-2/]);
    await save(dialog);
    await ask(page, "And you? #down test-model #name");
    await expect(answers(page).last()).toContainText("I am test-model-2.");
  },
);

test("a pinned message says so, on every visit, until it is unpinned", async ({ page, person }) => {
  await startChat(page, person, "Remember this");
  await answered(page);
  const [question, answer] = [questions(page).first(), answers(page).first()];
  await menuOf(page, question, "question");
  await page.getByRole("menuitem", { name: "Pin", exact: true }).click();
  await expect(question).toContainText("Pinned");
  await menuOf(page, answer, "answer");
  await page.getByRole("menuitem", { name: "Pin", exact: true }).click();
  await expect(answer).toContainText("Pinned");
  await page.reload();
  await expect(question).toContainText("Pinned");
  await expect(answer).toContainText("Pinned");

  await menuOf(page, question, "question");
  await page.getByRole("menuitem", { name: "Unpin" }).click();
  await expect(question).not.toContainText("Pinned");
  await expect(answer).toContainText("Pinned");
  await page.reload();
  await expect(answer).toContainText("Pinned");
  await expect(question).not.toContainText("Pinned");
});

test("no more messages can be pinned than there may be", async ({ page, person, watched }) => {
  watched.expected.push(/status of 400/);
  await startChat(page, person, "One too many");
  await answered(page);
  const ids = Array.from({ length: 20 }, (_, index) => `message-${1000 + index}`);
  await writeList(page, "pinned", ids);
  await menuOf(page, questions(page), "question");
  await page.getByRole("menuitem", { name: "Pin", exact: true }).click();
  await expect(page.getByText("The message was not pinned.")).toBeVisible();
  await expect(page.getByText("20 messages are pinned here")).toBeVisible();
  await expect(questions(page)).not.toContainText("Pinned");
});

test("what is not saved is kept, and everything can be done from the keyboard", async ({
  page,
  person,
}) => {
  const press = (key: string) => page.keyboard.press(key);
  await startChat(page, person, "Hello");
  await answered(page);
  const more = currentRow(page).getByRole("button", { name: "More about A title" });
  const open = async () => {
    await more.focus();
    await press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await press("ArrowDown");
    await press("Enter");
  };
  await open();
  const dialog = page.getByRole("dialog", { name: "Instructions and memory" });
  const field = dialog.getByRole("textbox", { name: "Instructions" });
  await expect(field).toBeFocused();
  await page.keyboard.type("Half a thou");
  await press("Tab");
  const choice = dialog.getByRole("combobox", { name: "Choose a model to ask" });
  await expect(choice).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("combobox", { name: "Search models to ask" })).toBeFocused();
  await press("Escape");
  await expect(choice).toBeFocused();
  await press("Tab");
  const summing = dialog.getByRole("switch", { name: "Sum up what no longer fits" });
  await expect(summing).toBeFocused();
  await expect(summing).toBeChecked();
  await press("Space");
  await expect(summing).not.toBeChecked();
  await press("Escape");
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();
  await expect(page.getByText("Not saved yet.")).toBeVisible();

  await open();
  await expect(field).toHaveValue("Half a thou");
  await expect(summing).not.toBeChecked();
  await dialog.getByRole("button", { name: "Discard changes" }).press("Enter");
  await expect(field).toHaveValue("");
  await expect(summing).toBeChecked();
  await press("Escape");
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();
});

test("what was not saved says why, and nothing typed is lost", async ({
  page,
  person,
  watched,
}) => {
  watched.expected.push(/status of 409/);
  await startChat(page, person, "Hello");
  await answered(page);
  const dialog = await openMemory(page);
  const field = dialog.getByRole("textbox", { name: "Instructions" });
  await field.fill("a".repeat(20_001));
  await expect(dialog.getByText("this is 1 too long.")).toBeVisible();
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await expect(dialog).toBeVisible();

  await field.fill("Answer in verse.");
  const message = "This conversation is being changed from several places. Try again.";
  await page.route("**/api/conversations.configure", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/json",
      headers: { "access-control-allow-origin": "*" },
      body: JSON.stringify({ error: { status: "ABORTED", message } }),
    }),
  );
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText(message);
  await expect(field).toHaveValue("Answer in verse.");
  await page.unroute("**/api/conversations.configure");
  await save(dialog);
  await ask(page, "What were you told? #told");
  await expect(answers(page).last()).toContainText("Answer in verse.");
});

test("a summary stands for what no longer fits, and can be edited and forgotten", async ({
  page,
  person,
}) => {
  await startChat(page, person, long("First"));
  await answered(page);
  const dialog = await openMemory(page);
  await expect(dialog.getByText("Nothing has been summed up yet")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await ask(page, long("Second"));
  await answered(page);
  await expect(answers(page).last()).toContainText("2 older messages did not fit");

  await openMemory(page);
  const summary = dialog.getByRole("textbox", { name: "Summary so far" });
  await expect(summary).toHaveValue("All was said twice.");
  await expect(dialog.getByText("Written by the model, ")).toBeVisible();
  await summary.fill("It is all about bees.");
  await save(dialog);
  await ask(page, "What were you told? #told");
  await answered(page);
  await expect(answers(page).last()).toContainText("It is all about bees.");
  await expect(answers(page).last()).toContainText(/older messages .* a summary stood for them\./);

  await page.reload();
  await openMemory(page);
  await expect(summary).toHaveValue(/^It is all about bees\./);
  await expect(dialog.getByText("Edited by you, ")).toBeVisible();
  await dialog.getByRole("button", { name: "Forget it" }).click();
  await expect(dialog.getByText("The summary will be forgotten when you save.")).toBeVisible();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(summary).toHaveValue(/^It is all about bees\./);
  await dialog.getByRole("button", { name: "Forget it" }).click();
  await save(dialog);
  await openMemory(page);
  await expect(dialog.getByText("Nothing has been summed up yet")).toBeVisible();
});
