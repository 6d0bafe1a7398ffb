import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import {
  answered,
  answers,
  ask,
  composer,
  expect,
  modelPicker,
  openMemory,
  signIn,
  test,
} from "./support/app";

async function violations(page: Page, ...except: string[]): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .disableRules(except)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary ?? ""}`).join("; ")}`,
  );
}

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the ${theme} theme`, async ({ page, person }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Continue with Google" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await signIn(page, person);
    await expect(composer(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await modelPicker(page).click();
    await page.getByRole("combobox", { name: "Search models" }).fill("openai");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("group", { name: "OpenAI" }).getByRole("option").first().click();

    await ask(page, "Show everything. #sample");
    await answered(page);
    await expect(answers(page).locator("pre span[style]").first()).toBeVisible();
    await answers(page).locator("summary").last().click();
    expect(await violations(page)).toEqual([]);

    const dialog = await openMemory(page);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("combobox", { name: "Choose a model to ask" }).click();
    await page.getByRole("option", { name: "test-model-2 OpenAI" }).click();
    await page.keyboard.press("Escape");
    await expect(dialog.getByRole("listitem")).toHaveText([/test-model-2/]);
    expect(await violations(page)).toEqual([]);

    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await page.getByRole("button", { name: "Account of" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    // A menu belongs to its button, wherever in the page it is drawn.
    expect(await violations(page, "region")).toEqual([]);
  });
}
