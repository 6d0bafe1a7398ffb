import { makeAdministrator } from "./support/accounts";
import {
  accountButton,
  answered,
  answers,
  expect,
  signIn,
  startChat,
  testModel,
  withoutNetwork,
} from "./support/app";
import { test } from "./support/kept";
import { violations } from "./support/axe";
import { expectToFit } from "./support/layout";

test("an answer is called bad, with reasons, and the rating is there again after a reload", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Is this good?");
  await answered(page);
  const answer = answers(page).last();
  const good = answer.getByRole("button", { name: "Good answer" });
  const bad = answer.getByRole("button", { name: "Bad answer" });
  await good.focus();
  await page.keyboard.press("Enter");
  await expect(good).toHaveAttribute("aria-pressed", "true");
  await bad.click();
  await expect(good).toHaveAttribute("aria-pressed", "false");
  const why = answer.getByRole("region", { name: "Thank you. What was wrong?" });
  await why.getByRole("button", { name: "Too long" }).click();
  await why.getByRole("button", { name: "Not true" }).click();
  await why.getByRole("button", { name: "Too long" }).click();
  const tooLong = why.getByRole("button", { name: "Too long" });
  await expect(tooLong).toHaveAttribute("aria-pressed", "false");
  await why.getByRole("button", { name: "Done" }).click();
  await expect(why).toBeHidden();

  await page.reload();
  await expect(bad).toHaveAttribute("aria-pressed", "true");
  await bad.click();
  await expect(bad).toHaveAttribute("aria-pressed", "false");
  await expect(why).toBeHidden();
});

test("a problem is reported, after a look at what is sent", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(...withoutNetwork);
  await startChat(page, person, "Is this good?");
  await answered(page);
  const answer = answers(page).last();
  await answer.getByRole("button", { name: "Bad answer" }).click();
  await answer.getByRole("button", { name: "Report a problem…" }).click();
  const dialog = page.getByRole("dialog", { name: "Report a problem" });
  const send = dialog.getByRole("button", { name: "Send", exact: true });
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "What happened?" }).fill("It says nothing.");
  await dialog.getByText("What is sent").click();
  const preview = dialog.getByRole("group").filter({ hasText: "What is sent" });
  await expect(preview).toContainText("It says nothing.");
  await expect(preview).toContainText("/c/…");
  await expect(preview).not.toContainText("The answer");
  await dialog.getByRole("switch", { name: "Send the answer as well" }).check();
  await expect(preview).toContainText("The answer");

  // What was written survives the dialog and a refusal.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitem", { name: "Report a problem…" }).click();
  await expect(dialog.getByRole("textbox")).toHaveValue("It says nothing.");
  await context.setOffline(true);
  await send.click();
  await expect(dialog.getByRole("alert")).toContainText("This was not sent.");
  await context.setOffline(false);
  await send.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Thank you. The administrators")).toBeVisible();
});

test("an administrator reads ratings and reports; nobody else does", async ({
  page,
  person,
  elsewhere,
  watched,
}) => {
  watched.expected.push(/status of 403/);
  const words = `The list is empty, ${crypto.randomUUID()}.`;
  await startChat(page, person, "Is this good?");
  await answered(page);
  const rating = page.waitForResponse(/feedback\.rate$/);
  await answers(page).last().getByRole("button", { name: "Good answer" }).click();
  await rating;
  await accountButton(page).click();
  await expect(page.getByRole("menuitem", { name: "Feedback" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Report a problem…" }).click();
  const dialog = page.getByRole("dialog", { name: "Report a problem" });
  await dialog.getByRole("textbox", { name: "What happened?" }).fill(words);
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.goto("/organisation/feedback");
  await expect(page.getByText("This could not be read.")).toBeVisible();

  const grace = { name: "Grace", email: `grace-${crypto.randomUUID()}@example.com` };
  await makeAdministrator(grace);
  await signIn(elsewhere, grace);
  await accountButton(elsewhere).click();
  await elsewhere.getByRole("menuitem", { name: "Feedback" }).click();
  const rated = elsewhere.getByRole("table", { name: "Ratings by model" });
  await expect(rated.getByRole("row").filter({ hasText: testModel })).toBeVisible();
  await expect(elsewhere.getByRole("listitem").filter({ hasText: words })).toContainText(
    person.email,
  );
  expect(await violations(elsewhere)).toEqual([]);
  await elsewhere.getByRole("radio", { name: "7 days" }).check();
  await expect(elsewhere).toHaveURL("/organisation/feedback?days=7");
  await elsewhere.setViewportSize({ width: 360, height: 740 });
  await elsewhere.emulateMedia({ colorScheme: "dark" });
  await expect(rated).toBeVisible();
  await expectToFit(elsewhere);
  expect(await violations(elsewhere)).toEqual([]);
});

test("who does not want to be counted says so once", async ({ page, person }) => {
  await startChat(page, person, "Is this good?");
  await page.goto("/settings");
  const counted = page.getByRole("switch", { name: "Count how I use this" });
  await expect(counted).toBeChecked();
  const saved = page.waitForResponse(/people\.updatePreferences/);
  await counted.uncheck();
  await saved;
  await page.reload();
  await expect(counted).not.toBeChecked();
  await page.getByRole("link", { name: "What is stored where" }).click();
  await expect(page.getByRole("heading", { name: "What is stored where" })).toBeVisible();
});
