/** Who asks exactly the same again gets the answer that was made before, and may ask past it. */
import {
  alone,
  answered,
  answers,
  ask,
  expect,
  openMemory,
  openNewChat,
  test,
} from "./support/app";
import { call, someToken } from "./support/operations";

/** As an administrator decides; other tests ask nothing twice in an organisation. */
async function keepAnswersFor(seconds: number | null, onRequest = false): Promise<void> {
  const token = await someToken({ role: "admin" });
  const { result } = (await call("policy.get", {}, token)) as {
    result: { version: number; rules: object };
  };
  const cache = seconds === null ? null : { seconds, onRequest };
  const rules = { ...result.rules, cache };
  const saved = await call("policy.save", { version: result.version, rules }, token);
  expect(saved).toMatchObject({ result: { rules: { cache } } });
}

test.afterAll(() => keepAnswersFor(null));

test(
  "the same question in a new chat is answered from the cache, unless one asks without it",
  alone,
  async ({ page, person }) => {
    await keepAnswersFor(3600);
    const question = `How often was this asked? #count n${Date.now()}`;
    await openNewChat(page, person, "openai/gpt-5-mini");
    await ask(page, question);
    await answered(page);
    await expect(answers(page)).toContainText("Answer 1.");
    await expect(answers(page)).not.toContainText("From the cache");

    await page.getByRole("link", { name: "New chat" }).click();
    await expect(answers(page)).toHaveCount(0);
    await ask(page, question);
    await answered(page);
    await expect(answers(page)).toContainText("Answer 1.");
    await expect(answers(page)).toContainText("From the cache · saved");
    await answers(page).locator("summary").click();
    await expect(
      answers(page).getByRole("definition").filter({ hasText: "(from the cache)" }),
    ).toBeVisible();
    await page.reload();
    await expect(answers(page)).toContainText("From the cache · saved");

    await page.getByRole("button", { name: "Ask again without the cache" }).press("Enter");
    await expect(answers(page)).toContainText("Answer 2.");
    await answered(page);
    await expect(answers(page)).not.toContainText("From the cache");
  },
);

test(
  "where it is on request, a conversation has the cache that it was switched on for",
  alone,
  async ({ page, person }) => {
    await keepAnswersFor(3600, true);
    const [greeting, question] = [`Hello n${Date.now()}`, "How often was this asked? #count"];
    await openNewChat(page, person, "openai/gpt-5-mini");

    async function askInNewChat({ switchedOn }: { switchedOn: boolean }) {
      await page.getByRole("link", { name: "New chat" }).click();
      await expect(answers(page)).toHaveCount(0);
      await ask(page, greeting);
      await answered(page);
      if (switchedOn) {
        const dialog = await openMemory(page);
        const choice = dialog.getByRole("switch", { name: "Answers from before" });
        await expect(choice).not.toBeChecked();
        await choice.press("Space");
        await dialog.getByRole("button", { name: "Save" }).press("Enter");
        await expect(dialog).toBeHidden();
      }
      await ask(page, question);
      await answered(page);
    }

    await askInNewChat({ switchedOn: true });
    await expect(answers(page)).toHaveCount(2);
    await expect(answers(page).last()).not.toContainText("From the cache");
    await askInNewChat({ switchedOn: false });
    await expect(answers(page).last()).not.toContainText("From the cache");
    await askInNewChat({ switchedOn: true });
    await expect(answers(page).last()).toContainText("From the cache");
    await expect(answers(page).first()).not.toContainText("From the cache");
  },
);
