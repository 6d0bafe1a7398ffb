/** Who asks exactly the same again gets the answer that was made before, and may ask past it. */
import { answered, answers, ask, chooseTestModel, expect, signIn, test } from "./support/app";
import { call, someToken } from "./support/operations";

/** As an administrator decides; other tests ask nothing twice in an organisation. */
async function keepAnswersFor(seconds: number | null): Promise<void> {
  const token = await someToken({ role: "admin" });
  const { result } = (await call("policy.get", {}, token)) as {
    result: { version: number; rules: object };
  };
  const cache = seconds === null ? null : { seconds };
  const rules = { ...result.rules, cache };
  const saved = await call("policy.save", { version: result.version, rules }, token);
  expect(saved).toMatchObject({ result: { rules: { cache } } });
}

test.beforeAll(() => keepAnswersFor(3600));
test.afterAll(() => keepAnswersFor(null));

test("the same question in a new chat is answered from the cache, unless one asks without it", async ({
  page,
  person,
}) => {
  const question = `How often was this asked? #count n${Date.now()}`;
  await signIn(page, person);
  await chooseTestModel(page, "gpt-5-mini");
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
  await expect(answers(page).getByRole("definition").filter({ hasText: "(cache)" })).toBeVisible();
  await page.reload();
  await expect(answers(page)).toContainText("From the cache · saved");

  await page.getByRole("button", { name: "Ask again without the cache" }).press("Enter");
  await expect(answers(page)).toContainText("Answer 2.");
  await answered(page);
  await expect(answers(page)).not.toContainText("From the cache");
});
