import {
  answered,
  answers,
  chooseTestModel,
  composer,
  expect,
  sidebar,
  signIn,
  startChat,
  test,
} from "./support/app";
import { canary } from "./support/provider";

test("a provider's error says what happened, shows no secret, and can be asked again", async ({
  page,
  person,
}) => {
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
});

test("says when it tries again", async ({ page, person }) => {
  await startChat(page, person, "Are you there? #busy");
  await expect(answers(page)).toContainText(/Trying again in \d+ s: /);
  await answered(page);
  await expect(answers(page)).toContainText("A short answer.");
  await expect(answers(page)).not.toContainText("Trying again");
});

test("offline: what was loaded stays, a question is kept, and goes when one is back", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(/ERR_INTERNET_DISCONNECTED/, /cleardot\.gif/, /@firebase\/firestore/);
  await startChat(page, person, "Before");
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByText("You are offline. What was loaded can be read")).toBeVisible();
  await composer(page).fill("After");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You are offline. The text is kept")).toBeVisible();
  await expect(composer(page)).toHaveValue("After");

  await sidebar(page).getByRole("link", { name: "A title" }).hover();
  await sidebar(page).getByRole("button", { name: "More about A title" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Title of the conversation" }).fill("Refused");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The conversation was not renamed.")).toBeVisible();
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText("You are offline. What was loaded can be read")).toBeHidden();
  await expect(composer(page)).toHaveValue("After");
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveCount(2);
  await answered(page);
});

test("a question that never arrives is kept, over a reload too, and sent by a click", async ({
  page,
  person,
  watched,
}) => {
  watched.expected.push(/ERR_FAILED/);
  await signIn(page, person);
  await chooseTestModel(page);
  // The one thing that cannot be had from a healthy stack: a connection that breaks on the way.
  await page.route("**/chat", (route) => route.abort());
  await composer(page).fill("Where are you?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This question was not sent.");
  await expect(sidebar(page).getByText("Nothing here yet.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("What are you working on")).toBeVisible();
  await expect(composer(page)).toHaveValue("Where are you?");
  await composer(page).press("Enter");
  await expect(page.getByRole("alert")).toContainText("could not be reached");
  await page.unroute("**/chat");
  await page.getByRole("button", { name: "Try again" }).click();
  await answered(page);
  await expect(page.getByRole("alert")).toBeHidden();
});
