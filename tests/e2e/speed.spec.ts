/** What can be counted of speed: requests, and what is on the page. */
import { answered, composer, expect, questions, startChat, signIn, test } from "./support/app";
import { fillConversation } from "./support/firestore";

test("typing begins with one request that wakes the function", async ({ page, person }) => {
  const woken: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "HEAD") woken.push(new URL(request.url()).pathname);
  });
  await signIn(page, person);
  await composer(page).focus();
  await composer(page).blur();
  await composer(page).focus();
  await expect.poll(() => woken).toEqual([expect.stringMatching(/\/chat$/)]);
});

test("a conversation of 500 messages is at most 3,000 nodes, wherever one reads", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Question 0 #sample");
  await answered(page);
  await fillConversation(page, 250);
  await page.reload();
  const count = () => page.evaluate(() => document.querySelectorAll("*").length);
  await expect(questions(page).last()).toContainText("Question 249");
  expect(await count()).toBeLessThanOrEqual(3_000);

  await page.getByRole("region", { name: "Conversation", exact: true }).hover();
  await expect(async () => {
    await page.mouse.wheel(0, -100_000);
    await expect(questions(page).first()).toContainText("Question 0", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  expect(await count()).toBeLessThanOrEqual(3_000);
});
