import { readFile } from "node:fs/promises";

import type { Download, Locator, Page } from "@playwright/test";

import {
  accountButton,
  anotherTab,
  answered,
  ask,
  composer,
  expect,
  openNewChat,
  signIn,
  startChat,
  test,
  testModel,
} from "./support/app";
import { askAsProgram } from "./support/accounts";
import { expectNoViolations, violations } from "./support/axe";
import { makeKey, revokeKey } from "./support/keys";
import { expectToFit } from "./support/layout";

function table(page: Page): Locator {
  return page.getByRole("table", { name: "What you used" });
}

function row(page: Page, name: string): Locator {
  return table(page).getByRole("row").filter({ hasText: name });
}

function choice(page: Page, name: string): Locator {
  return page.getByRole("radio", { name, exact: true });
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

test("shows what was used as it is used, by period and grouping of the address", async ({
  page,
  person,
}) => {
  await signIn(page, person, "/usage?days=7&by=model", testModel);
  await expect(page.getByRole("heading", { name: "Usage", exact: true })).toBeVisible();
  await expect(page.getByText("Nothing in the last 7 days.")).toBeVisible();

  const chat = await anotherTab(page);
  await chat.goto("/");
  await ask(chat, "What is counted?");
  await answered(chat);

  const used = row(page, testModel);
  // The answer, and the title of the conversation.
  await expect(used.getByRole("cell").first()).toHaveText("2");
  await expect(used.getByRole("cell").nth(1)).toHaveText("20");
  await expect(row(page, "Total").getByRole("cell").first()).toHaveText("2");
  await expect(page.getByRole("img", { name: `by model, as bars: 1` })).toBeVisible();

  await choice(page, "Feature").check();
  await expect(page).toHaveURL("/usage?days=7&by=feature");
  await expect(row(page, "Answers").getByRole("cell").first()).toHaveText("1");
  await expect(row(page, "Titles").getByRole("cell").first()).toHaveText("1");
  await choice(page, "90 days").check();
  await expect(page).toHaveURL("/usage?days=90&by=feature");
  await page.reload();
  await expect(choice(page, "Feature")).toBeChecked();
  await expect(choice(page, "90 days")).toBeChecked();
  await choice(page, "Day").check();
  await expect(page.getByRole("img", { name: "by day, as bars: 90" })).toBeVisible();
  await page.goto("/usage?days=31&by=week");
  await expect(choice(page, "30 days")).toBeChecked();
  await expect(choice(page, "Day")).toBeChecked();
});

test("is downloaded as CSV and as JSON", async ({ page, person }) => {
  await startChat(page, person, "What is counted?");
  await answered(page);
  await page.goto("/usage");
  await expect(row(page, "Total").getByRole("cell").first()).toHaveText("2");

  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/^usage-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await textOf(csv)).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^day,model,feature,key,keyId,calls,requests,inputTokens,outputTokens,/);
  expect(lines.slice(1).toSorted()).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d,openai\/test-model,title,,none,1,0,10,1,/),
    expect.stringMatching(/^\d{4}-\d\d-\d\d,openai\/test-model,turn,,none,1,1,10,3,/),
  ]);

  const [json] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export JSON" }).click(),
  ]);
  expect(JSON.parse(await textOf(json))).toContainEqual(
    expect.objectContaining({
      model: testModel,
      feature: "turn",
      inputTokens: 10,
      outputTokens: 3,
    }),
  );
});

test("shows what a key used by its name, also when it is revoked", async ({ page, person }) => {
  await startChat(page, person, "What is counted?");
  await answered(page);
  await page.goto("/settings/keys");
  const key = await makeKey(page, "Nightly report");
  await askAsProgram({ token: key }, "gpt-5-mini");
  await page.goto("/usage?by=key");
  await expect(row(page, "Nightly report").getByRole("cell").first()).toHaveText("1");
  await expect(row(page, "Without a key").getByRole("cell").first()).toHaveText("2");
  await expectToFit(page);

  await page.getByLabel("Key", { exact: true }).last().selectOption("Nightly report");
  await expect(page).toHaveURL(new RegExp(`/usage\\?by=key&key=${key.slice(4, 24)}$`));
  await expect(row(page, "Total").getByRole("cell").first()).toHaveText("1");
  await choice(page, "Model").check();
  await expect(row(page, "openai/gpt-5-mini")).toBeVisible();
  await page.reload();
  await expect(row(page, "Total").getByRole("cell").first()).toHaveText("1");
  expect(await violations(page)).toEqual([]);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(await textOf(csv)).toContain(`,proxy,Nightly report,${key.slice(4, 24)},1,1,`);

  await page.goto("/settings/keys");
  await revokeKey(page, "Nightly report");
  await page.goto("/usage?by=key");
  await expect(row(page, "Nightly report")).toContainText("revoked");
});

test("is reached and used from the keyboard", async ({ page, person }) => {
  const press = (key: string) => page.keyboard.press(key);
  await startChat(page, person, "What is counted?");
  await answered(page);
  await accountButton(page).focus();
  await press("Enter");
  await expect(page.getByRole("menuitem", { name: "Usage" })).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("heading", { name: "Usage", exact: true })).toBeFocused();
  await expect(table(page)).toBeVisible();

  await press("Tab");
  await expect(choice(page, "30 days")).toBeFocused();
  await press("ArrowLeft");
  await expect(page).toHaveURL("/usage?days=7");
  await press("Tab");
  await expect(choice(page, "Day")).toBeFocused();
  await press("ArrowRight");
  await expect(page).toHaveURL("/usage?days=7&by=model");
  await expect(table(page)).toBeVisible();
  await press("Tab");
  await expect(page.getByRole("button", { name: "Export CSV" })).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
  expect(download.suggestedFilename()).toContain(".csv");
  await press("Tab");
  await press("Tab");
  await expect(page.getByRole("region", { name: "What you used, by model" })).toBeFocused();
});

test("axe finds nothing in any theme", async ({ page, person }) => {
  await withBudgets(page);
  await startChat(page, person, "What is counted?");
  await answered(page);
  await expect(page.getByText("Budget used up")).toBeVisible();
  await expectNoViolations(page);
  await page.goto("/usage");
  await expect(page.getByRole("meter")).toHaveCount(3);
  for (const grouping of ["Day", "Model", "Feature"]) {
    await choice(page, grouping).check();
    await expect(table(page)).toBeVisible();
    await expectNoViolations(page, "html", "main");
  }
});

test("fits a phone, where what is chosen from stays in its place while sums come", async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await startChat(page, person, "What is counted?");
  await answered(page);
  const chat = page.url();
  // Before the sums are there, and after.
  await page.goto("/usage");
  const before = await choice(page, "30 days").boundingBox();
  await expect(page.getByRole("button", { name: "Export CSV" })).toBeVisible();
  expect(await choice(page, "30 days").boundingBox()).toEqual(before);

  await page.setViewportSize({ width: 320, height: 640 });
  await withBudgets(page);
  await page.goto("/usage?by=model");
  await expect(page.getByRole("meter")).toHaveCount(3);
  await expect(table(page)).toBeVisible();
  await expectToFit(page);
  await page.goto(chat);
  await expect(page.getByText("Budget used up")).toBeVisible();
  await expectToFit(page);
});

test("a budget that is used up refuses the question and keeps it", async ({ page, person }) => {
  const message = "The budget of 5 USD a day for each person is used up.";
  await openNewChat(page, person);
  // The stack has no budgets; this is what its functions answer where there is one.
  await page.route("**/chat", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      headers: { "access-control-allow-origin": "*" },
      body: `data: ${JSON.stringify({ error: { status: "RESOURCE_EXHAUSTED", message } })}\n\n`,
    }),
  );
  await composer(page).fill("May I?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(message);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(composer(page)).toHaveValue("May I?");
});

/** Budgets are a setting of a deployment, and the stack has none. */
async function withBudgets(page: Page): Promise<void> {
  const known = { who: "each", unit: "USD", period: "day", models: "*", hard: true, reserved: 0 };
  const renewsAt = new Date(Date.now() + 3_600_000).toISOString();
  const budgets = [
    { ...known, id: "a", text: "5 USD a day for each person", limit: 5_000_000, used: 1_800_000 },
    {
      ...known,
      id: "b",
      text: "2 USD a month for all together",
      limit: 2_000_000,
      used: 1_700_000,
    },
    {
      ...known,
      id: "c",
      text: "9 tokens a day for each person",
      unit: "tokens",
      limit: 9,
      used: 9,
    },
  ].map((budget) => ({ ...budget, renewsAt }));
  await page.route("**/api/budgets.list", (route) =>
    route.fulfill({
      headers: { "access-control-allow-origin": "*" },
      json: { result: { budgets, timeZone: "UTC", cache: "off" } },
    }),
  );
}
