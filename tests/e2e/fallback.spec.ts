/** The provider is down: the answer comes from the second choice, and a line in the answer says so. */
import { alone, answered, answers, ask, expect, startChat, test } from "./support/app";
import { writeList } from "./support/firestore";

test(
  "the second choice answers when the first is down, and the answer says so",
  alone,
  async ({ page, person }) => {
    await startChat(page, person, "Hello");
    await answered(page);
    await writeList(page, "fallbacks", ["openai/test-model-2"]);
    await ask(page, "Who are you? #down test-model #name");
    await expect(answers(page).last()).toContainText("I am test-model-2.");
    const line = "test-model did not answer; test-model-2 answered instead.";
    await expect(answers(page).last()).toContainText(line);
    await answers(page).last().locator("summary").click();
    await expect(answers(page).last()).toContainText("Attempt 1");
    await page.reload();
    await expect(answers(page).last()).toContainText(line);
  },
);
