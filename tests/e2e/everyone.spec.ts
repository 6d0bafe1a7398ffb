import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { askAsProgram, makeAccount, makeAdministrator, type Account } from "./support/accounts";
import { alone, expect, signIn, test } from "./support/app";
import { expectNoViolations } from "./support/axe";
import { microsInLedger, spoilSum } from "./support/firestore";
import { expectToFit } from "./support/layout";

const dearModel = "gpt-5";
const cheapModel = "gpt-5-mini";

interface Colony {
  ada: Account;
  bob: Account;
}

/** Two people, of whom one has asked two models. */
async function twoWhoAsked(): Promise<Colony> {
  const [ada, bob] = await Promise.all([makeAccount("Ada Lovelace"), makeAccount("Bob Ross")]);
  await askAsProgram(ada, dearModel);
  await askAsProgram(ada, cheapModel);
  await askAsProgram(bob, cheapModel);
  return { ada, bob };
}

async function signInAsAdministrator(page: Page, at: string): Promise<void> {
  const grace = { name: "Grace Hopper", email: `grace-${crypto.randomUUID()}@example.com` };
  await makeAdministrator(grace);
  await signIn(page, grace, at);
}

function table(page: Page): Locator {
  return page.getByRole("table", { name: "What everyone used" });
}

function rowOf(page: Page, { email }: Account): Locator {
  return table(page).getByRole("row").filter({ hasText: email });
}

async function download(page: Page, kind: "CSV" | "JSON"): Promise<[name: string, text: string]> {
  const downloaded = page.waitForEvent("download");
  await page.getByRole("button", { name: `Export ${kind}` }).click();
  const file = await downloaded;
  return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
}

/** The micro-dollars of a person, by an exported file. */
function microsInCsv(csv: string, { uid }: Account): number {
  const [names = "", ...lines] = csv.trimEnd().split("\r\n");
  const line = lines.find((one) => one.split(",")[2] === uid) ?? "";
  return Number(line.split(",")[names.split(",").indexOf("micros")]);
}

test(
  "an administrator sees who used what, by name, to the micro-dollar",
  alone,
  async ({ page }) => {
    const { ada, bob } = await twoWhoAsked();
    await signInAsAdministrator(page, "/usage");
    await page.getByRole("link", { name: "Everyone" }).click();
    await expect(page).toHaveURL("/usage?of=everyone");
    await page.getByRole("radio", { name: "Person" }).check();
    await expect(page).toHaveURL("/usage?of=everyone&by=person");
    await expect(rowOf(page, ada)).toContainText("Ada Lovelace");
    await expect(rowOf(page, bob)).toContainText("Bob Ross");

    const [name, csv] = await download(page, "CSV");
    expect(name).toMatch(/^usage-by-person-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
    const [ofAda, ofBob] = await Promise.all([microsInLedger(ada.uid), microsInLedger(bob.uid)]);
    expect(ofBob).toBeGreaterThan(0);
    expect(ofAda).toBeGreaterThan(ofBob);
    expect([microsInCsv(csv, ada), microsInCsv(csv, bob)]).toEqual([ofAda, ofBob]);
    const [, json] = await download(page, "JSON");
    expect(JSON.parse(json)).toContainEqual(
      expect.objectContaining({ person: "Bob Ross", email: bob.email, calls: 1, micros: ofBob }),
    );

    // What has just ended is counted at once.
    await askAsProgram(bob, cheapModel);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(rowOf(page, bob).getByRole("cell").first()).toHaveText("2");
    const [, later] = await download(page, "CSV");
    expect(microsInCsv(later, bob)).toBe(await microsInLedger(bob.uid));
  },
);

test(
  "a person who is chosen is looked at alone, in the address and back",
  alone,
  async ({ page }) => {
    const { ada } = await twoWhoAsked();
    await signInAsAdministrator(page, "/usage?of=everyone&by=person&days=7");
    await rowOf(page, ada).getByRole("button", { name: "Ada Lovelace" }).click();
    await expect(page).toHaveURL(`/usage?of=everyone&by=day&days=7&person=${ada.uid}`);
    await expect(page.getByText("Only Ada Lovelace")).toBeVisible();
    await page.getByRole("radio", { name: "Model" }).check();
    const models = table(page).getByRole("rowheader");
    await expect(models).toHaveText([`openai/${dearModel}`, `openai/${cheapModel}`, "Total"]);
    await page.reload();
    await expect(models).toHaveText([`openai/${dearModel}`, `openai/${cheapModel}`, "Total"]);
    await page.goBack();
    await expect(page.getByRole("radio", { name: "Day" })).toBeChecked();
  },
);

test("a model, a feature and a month narrow the sums", alone, async ({ page }) => {
  const { ada, bob } = await twoWhoAsked();
  await signInAsAdministrator(page, "/usage?of=everyone&by=person");
  await expect(rowOf(page, bob)).toBeVisible();
  await page.getByRole("combobox", { name: "Model" }).selectOption(`openai/${dearModel}`);
  await expect(rowOf(page, bob)).toBeHidden();
  await expect(rowOf(page, ada).getByRole("cell").first()).toHaveText("1");
  await page.goto(`/usage?of=everyone&model=openai%2F${dearModel}&feature=title`);
  await expect(page.getByText("Of what is chosen, nothing was used.")).toBeVisible();

  await page.goto("/usage?of=everyone");
  const month = new Date().toISOString().slice(0, 7);
  await page.getByRole("combobox", { name: "Period" }).selectOption(month);
  await expect(page).toHaveURL(`/usage?of=everyone&month=${month}`);
  await expect(page.getByRole("img", { name: /^Cost by day/ })).toBeVisible();
  await page.goto("/usage?of=everyone&month=2026-13&by=week");
  await expect(page.getByRole("combobox", { name: "Period" })).toHaveValue("30");
});

test("who is no administrator is shown nothing of it", alone, async ({ page, person, watched }) => {
  watched.expected.push(/403/);
  await signIn(page, person, "/usage");
  await expect(page.getByRole("heading", { name: "What you used" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Whose usage" })).toBeHidden();
  await page.goto("/usage?of=everyone");
  await expect(page.getByText("Only an administrator of this workspace")).toBeVisible();
});

test("a provider's bill is compared with what was counted", alone, async ({ page, watched }) => {
  watched.expected.push(/400/);
  const reports = "../tests/functions/usage/exports";
  await signInAsAdministrator(page, "/usage/check");
  const field = page.getByLabel("Choose a report");
  await field.setInputFiles(`${reports}/anthropic-costs.csv`);
  const compared = page.getByRole("table", { name: "Ours and theirs, by day and model" });
  await expect(compared.getByRole("row").filter({ hasText: "Haiku" }).first()).toContainText(
    "$0.00$0.07-$0.07",
  );
  await expect(page.getByText("anthropic-costs.csv, Anthropic, costs.")).toBeVisible();
  await field.setInputFiles({
    name: "shopping.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("milk,eggs\n1,2\n"),
  });
  await expect(page.getByText("shopping.csv cannot be compared.")).toBeVisible();
  await expect(compared).toBeHidden();
});

test("a day that does not agree with the ledger is put right", alone, async ({ page }) => {
  const { ada } = await twoWhoAsked();
  const micros = await microsInLedger(ada.uid);
  const day = await spoilSum(ada.uid, 1_000_000);
  await signInAsAdministrator(page, "/usage/check");
  await page.getByRole("textbox", { name: "Day" }).fill(day);
  await page.getByRole("button", { name: "Check" }).click();
  const differences = page.getByRole("table", { name: "What differs from the ledger" });
  await expect(differences.getByRole("row").filter({ hasText: "Ada Lovelace" })).toContainText(
    "$1.00",
  );
  await page.getByRole("button", { name: "Put the sums right" }).click();
  await expect(page.getByText("These sums were put right")).toBeVisible();
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("and the sums agree")).toBeVisible();

  await page.getByRole("link", { name: "Everyone" }).click();
  await page.getByRole("radio", { name: "Person" }).check();
  await expect(rowOf(page, ada)).toContainText("Ada Lovelace");
  const [, csv] = await download(page, "CSV");
  expect(microsInCsv(csv, ada)).toBe(micros);
});

test("is used from the keyboard", alone, async ({ page }) => {
  await twoWhoAsked();
  await signInAsAdministrator(page, "/usage");
  const press = (key: string) => page.keyboard.press(key);
  await page.getByRole("link", { name: "Everyone" }).focus();
  await press("Enter");
  await expect(table(page)).toBeVisible();
  await page.getByRole("link", { name: "Check" }).focus();
  for (const name of ["Period", "Provider", "Model", "Feature"]) {
    await press("Tab");
    await expect(page.getByRole("combobox", { name })).toBeFocused();
  }
  await press("Tab");
  await expect(page.getByRole("radio", { name: "Day" })).toBeFocused();
  await press("ArrowRight");
  await expect(page).toHaveURL(/by=person/);
  await expect(page.getByRole("table", { name: "What everyone used, by person" })).toBeVisible();
  for (const kind of ["CSV", "JSON"]) {
    await press("Tab");
    await expect(page.getByRole("button", { name: `Export ${kind}` })).toBeFocused();
  }
  await press("Tab");
  await expect(page.getByRole("region", { name: "What everyone used, by person" })).toBeFocused();
  await press("Tab");
  await press("Enter");
  await expect(page).toHaveURL(/by=day&person=/);
});

test("axe finds nothing in any theme, and it fits a phone", alone, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { ada } = await twoWhoAsked();
  await signInAsAdministrator(page, "/usage?of=everyone&by=person");
  await expect(table(page)).toBeVisible();
  await expectToBeFine(page);
  await page.getByRole("combobox", { name: "Grouped by" }).selectOption("model");
  await expect(page).toHaveURL(/by=model/);
  await page.goto(`/usage?of=everyone&person=${ada.uid}`);
  await expect(page.getByText("Only Ada Lovelace")).toBeVisible();
  await expectToBeFine(page);
  await page.goto("/usage/check");
  await page
    .getByLabel("Choose a report")
    .setInputFiles("../tests/functions/usage/exports/openai-usage.json");
  await expect(
    page.getByRole("region", { name: "Ours and theirs, by day and model" }),
  ).toBeVisible();
  await expectToBeFine(page);
});

async function expectToBeFine(page: Page): Promise<void> {
  await expectToFit(page);
  await expectNoViolations(page);
}
