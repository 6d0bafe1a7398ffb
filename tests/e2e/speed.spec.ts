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

test("a conversation of 500 messages opens with at most 3,000 nodes", async ({ page, person }) => {
  await startChat(page, person, "Question 0 #sample");
  await answered(page);
  await fillConversation(page, 250);
  await page.reload();
  await expect(questions(page).last()).toContainText("Question 249");
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  expect(nodes).toBeLessThanOrEqual(3_000);
});
