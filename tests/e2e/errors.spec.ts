import {
  alone,
  answered,
  answers,
  composer,
  expect,
  openNewChat,
  questions,
  startChat,
  test,
} from "./support/app";
import { canary } from "./support/provider";

test(
  "a provider's error says what happened, shows no secret, and can be asked again",
  alone,
  async ({ page, person }) => {
    await startChat(page, person, "Please #status 401");
    await expect(answers(page)).toContainText("No complete answer.");
    await expect(answers(page)).toContainText(/key/i);
    await expect(page.locator("body")).not.toContainText(canary);
    await expect(page.locator("body")).not.toContainText("upstream secret");

    await page.reload();
    await expect(answers(page)).toContainText("No complete answer.");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(answers(page)).toHaveCount(1);
    await expect(answers(page)).toContainText("2 / 2");
    await expect(answers(page)).toContainText("No complete answer.");
  },
);

test("says when it tries again", alone, async ({ page, person }) => {
  await startChat(page, person, "Are you there? #busy");
  await expect(answers(page)).toContainText(/Trying again in \d+ s: /);
  await answered(page);
  await expect(answers(page)).toContainText("A short answer.");
  await expect(answers(page)).not.toContainText("Trying again");
});

test("a question that never arrives waits, over a reload too, and goes by itself", async ({
  page,
  person,
  watched,
}) => {
  watched.expected.push(/ERR_FAILED/);
  await openNewChat(page, person);
  // The one thing that cannot be had from a healthy stack: a connection that breaks on the way.
  await page.route("**/chat", (route) => route.abort());
  await composer(page).fill("Where are you?");
  await page.keyboard.press("Enter");
  await expect(questions(page)).toContainText("Waits for the connection");
  await page.reload();
  await expect(questions(page)).toContainText("Waits for the connection");
  await page.unroute("**/chat");
  await page.reload();
  await answered(page);
  await expect(questions(page)).toHaveText(/Where are you\?/);
  await expect(page.getByText("Waits for the connection")).toBeHidden();
});
