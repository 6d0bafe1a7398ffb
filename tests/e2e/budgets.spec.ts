import type { Locator, Page } from "@playwright/test";

import { makeAdministrator } from "./support/accounts";
import {
  accountButton,
  alone,
  anotherTab,
  answered,
  ask,
  composer,
  expect,
  openNewChat,
  signIn,
  test as base,
} from "./support/app";
import { expectNoViolations } from "./support/axe";
import { expectToFit } from "./support/layout";

interface Somebody {
  name: string;
  email: string;
}

/** `person` is an administrator, `member` somebody else. */
const test = base.extend<{ member: Somebody }>({
  person: async ({ person }, provide) => {
    await makeAdministrator(person);
    await provide(person);
  },
  member: async ({ browserName: _browserName }, provide) => {
    await provide({ name: "Bob", email: `bob-${crypto.randomUUID()}@example.com` });
  },
});

function items(page: Page): Locator {
  return page.getByRole("region", { name: "What may be spent" }).getByRole("listitem");
}

function form(page: Page): Locator {
  return page.getByRole("dialog");
}

/** The others' budgets are of other people: all of these are one person's. */
async function addBudget(page: Page, email: string, amount: string): Promise<void> {
  await page.getByRole("button", { name: "Add a budget" }).click();
  await form(page).getByLabel("Whom it is for").selectOption("One person");
  await form(page).getByLabel("E-mail").fill(email);
  await form(page).getByLabel("How much").fill(amount);
  await form(page).getByLabel("Of what").selectOption("requests");
  await form(page).getByRole("button", { name: "Add" }).click();
}

async function remove(page: Page, email: string): Promise<void> {
  await items(page)
    .filter({ hasText: email })
    .getByRole("button", { name: /^Remove/ })
    .click();
}

test(
  "a budget that an administrator sets holds, and holds no more once it is raised",
  alone,
  async ({ page, person, member, elsewhere }) => {
    await signIn(page, person, "/organisation/budgets");
    await page.getByRole("button", { name: "Add a budget" }).click();
    await form(page).getByLabel("Whom it is for").selectOption("One person");
    await form(page).getByLabel("E-mail").fill(member.email);
    await form(page).getByLabel("How much").fill("1");
    await form(page).getByLabel("Of what").selectOption("requests");
    await expect(
      form(page).getByText(
        `${member.email} may ask up to 1 time a day on all models. Beyond that, questions are refused until the next day begins.`,
      ),
    ).toBeVisible();
    await form(page).getByRole("button", { name: "Add" }).click();
    await expect(form(page)).toBeHidden();
    const name = `${member.email}: 1 request a day`;
    const item = items(page).filter({ hasText: member.email });
    await expect(item).toContainText("0 of 1 request used");

    await openNewChat(elsewhere, member);
    await expect(elsewhere.getByText(/^1 request left until/)).toBeVisible();
    await ask(elsewhere, "Is one allowed?");
    await answered(elsewhere);
    await expect(elsewhere.getByText(/^Budget used up until/)).toBeVisible();
    await composer(elsewhere).fill("Is another one?");
    await elsewhere.keyboard.press("Enter");
    const refusal = elsewhere.getByRole("alert");
    await expect(refusal).toContainText(`The budget is used up: ${name}. It renews on`);
    await expect(refusal).toContainText("An administrator of this workspace can raise it.");

    await page.reload();
    await expect(item).toContainText(
      "1 of 1 request used. Reached: 50\u00A0%, 80\u00A0%, 100\u00A0%",
    );
    await item.getByRole("button", { name: `Change ${name}` }).click();
    await form(page).getByLabel("How much").fill("2");
    await form(page).getByRole("button", { name: "Save" }).click();
    await expect(item).toContainText("1 of 2 requests used. Reached: 50\u00A0%");

    await elsewhere.getByRole("button", { name: "Try again" }).click();
    await expect(elsewhere.getByRole("article", { name: "Answer" })).toHaveCount(2);
    await answered(elsewhere);

    await remove(page, member.email);
    await expect(item).toBeHidden();
  },
);

test("a budget that was removed can be put back", alone, async ({ page, person, member }) => {
  await signIn(page, person, "/organisation/budgets");
  await addBudget(page, member.email, "8");
  const item = items(page).filter({ hasText: member.email });
  await remove(page, member.email);
  await expect(item).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(item).toContainText("0 of 8 requests used");
  await remove(page, member.email);
  await expect(item).toBeHidden();
});

test(
  "who was slower is told, and loses nothing",
  alone,
  async ({ page, person, member, watched }) => {
    watched.expected.push(/status of 400 .*policy\.save$/);
    const other = `carol-${crypto.randomUUID()}@example.com`;
    await signIn(page, person, "/organisation/budgets");
    const slower = await anotherTab(page);
    await expect(slower.getByRole("button", { name: "Add a budget" })).toBeVisible();
    await addBudget(page, member.email, "3");
    await expect(items(page).filter({ hasText: member.email })).toBeVisible();
    await addBudget(slower, other, "4");
    await expect(form(slower).getByRole("alert")).toContainText("Ada Lovelace has changed");
    await expect(form(slower).getByLabel("How much")).toHaveValue("4");
    await form(slower).getByRole("button", { name: "Add" }).click();
    await expect(form(slower)).toBeHidden();
    for (const email of [member.email, other]) {
      await expect(items(slower).filter({ hasText: email })).toBeVisible();
      await remove(slower, email);
      await expect(items(slower).filter({ hasText: email })).toBeHidden();
    }
  },
);

test(
  "what happens without a price, how long answers are kept, and what may wait is decided here",
  alone,
  async ({ page, person }) => {
    await signIn(page, person, "/organisation/budgets");
    const price = page.getByRole("region", { name: "Models without a known price" });
    await price.getByLabel("A question to such a model").selectOption("Is charged a fixed amount");
    await price.getByLabel("US dollars for each answer").fill("0.05");
    await price.getByRole("button", { name: "Save" }).click();
    await expect(price.getByRole("button")).toHaveCount(0);
    const kept = page.getByRole("region", { name: "Answers from before" });
    await kept.getByLabel("Answers are").selectOption("Kept for a time, for all");
    await kept.getByLabel("How long").fill("30");
    await kept.getByLabel("Unit").selectOption("minutes");
    await kept.getByRole("button", { name: "Save" }).click();
    await expect(kept.getByRole("button")).toHaveCount(0);
    const summaries = page.getByRole("region", { name: "Summaries of long conversations" });
    await summaries.getByLabel("A summary").selectOption("May wait in a batch, for half the price");
    await summaries.getByRole("button", { name: "Save" }).click();
    await expect(summaries.getByRole("button")).toHaveCount(0);

    await page.reload();
    await expect(price.getByLabel("US dollars for each answer")).toHaveValue("0.05");
    await expect(kept.getByLabel("How long")).toHaveValue("30");
    await expect(summaries.getByLabel("A summary")).toHaveValue("batch");
    await expect(page.getByText(/Last changed by Ada Lovelace/)).toBeVisible();
    for (const [region, label] of [
      [price, "A question to such a model"],
      [kept, "Answers are"],
      [summaries, "A summary"],
    ] as const) {
      await region.getByLabel(label).selectOption({ index: 0 });
      await region.getByRole("button", { name: "Save" }).click();
      await expect(region.getByRole("button")).toHaveCount(0);
    }
  },
);

test("is used from the keyboard", alone, async ({ page, person, member }) => {
  const press = (key: string) => page.keyboard.press(key);
  await signIn(page, person);
  await accountButton(page).focus();
  await press("Enter");
  await page.getByRole("menuitem", { name: "Budgets" }).focus();
  await press("Enter");
  await expect(page).toHaveURL("/organisation/budgets");
  await expect(page.getByRole("heading", { name: "Budgets" })).toBeFocused();
  await page.getByRole("button", { name: "Add a budget" }).focus();
  await press("Enter");
  await expect(form(page).getByLabel("Whom it is for")).toBeFocused();
  await page.keyboard.type("One");
  await press("Tab");
  await page.keyboard.type(member.email);
  await press("Tab");
  await page.keyboard.type("7");
  await press("Enter");
  await expect(form(page)).toBeHidden();
  const item = items(page).filter({ hasText: member.email });
  await expect(item).toContainText(`${member.email}: $7.00 a day`);
  await expect(page.getByRole("button", { name: "Add a budget" })).toBeFocused();
  await item.getByRole("button", { name: /^Change/ }).focus();
  await press("Tab");
  await press("Enter");
  await expect(item).toBeHidden();
});

test("is for administrators alone", alone, async ({ elsewhere, member, watched }) => {
  watched.expected.push(/status of 403 .*policy\.get$/);
  await signIn(elsewhere, member, "/organisation/budgets");
  await expect(elsewhere.getByText("This page is for administrators.")).toBeVisible();
  await expect(elsewhere.getByRole("button", { name: "Add a budget" })).toHaveCount(0);
  await accountButton(elsewhere).click();
  await expect(elsewhere.getByRole("menuitem", { name: "Usage" })).toBeVisible();
  await expect(elsewhere.getByRole("menuitem", { name: "Budgets" })).toHaveCount(0);
});

test(
  "axe finds nothing in any theme, and it fits a phone",
  alone,
  async ({ page, person, member }) => {
    await signIn(page, person, "/organisation/budgets");
    await addBudget(page, member.email, "5");
    await expect(items(page).filter({ hasText: member.email })).toBeVisible();
    await page.getByLabel("A summary").selectOption({ index: 1 });
    await expectNoViolations(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectToFit(page);
    await page.getByRole("button", { name: "Add a budget" }).click();
    await form(page).getByLabel("On which models").selectOption({ index: 1 });
    await form(page).getByRole("button", { name: "Add" }).click();
    await expect(form(page).getByText("Write dollars as a number")).toBeVisible();
    await expectNoViolations(page);
    await expectToFit(page);
    await page.keyboard.press("Escape");
    await remove(page, member.email);
    await expect(items(page).filter({ hasText: member.email })).toBeHidden();
  },
);
