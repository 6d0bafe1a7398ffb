import type { Page } from "@playwright/test";

import { answered, ask, chooseTestModel, expect, modelPicker, signIn, test } from "./support/app";

const folder = "test-results/screenshots";
const widths = { narrow: 360, medium: 768, wide: 1440 };

for (const theme of ["light", "dark"] as const) {
  for (const [name, width] of Object.entries(widths)) {
    const isNarrow = name === "narrow";
    test.describe(`${theme}, ${name}`, () => {
      test.use({
        viewport: { width, height: isNarrow ? 740 : 900 },
        colorScheme: theme,
        hasTouch: isNarrow,
        isMobile: isNarrow,
        contextOptions: { reducedMotion: "reduce" },
      });

      test("every page", async ({ page, person }) => {
        const shoot = (what: string) =>
          page.screenshot({ path: `${folder}/${what}-${theme}-${width}.png` });
        await page.goto("/sign-in");
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
        await shoot("sign-in");
        await page.getByRole("button", { name: "Continue with Google" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await shoot("account-chooser");

        await signIn(page, person);
        await expect(modelPicker(page)).not.toContainText("Loading");
        await shoot("new-chat");
        await modelPicker(page).click();
        await expect(page.getByRole("combobox", { name: "Search models" })).toBeVisible();
        await shoot("model-picker");
        await page.keyboard.press("Escape");

        await converse(page);
        await shoot("conversation");
        await page.locator("summary").last().click();
        await shoot("receipt");
        await page.keyboard.press("ControlOrMeta+f");
        await page.getByRole("search").getByRole("textbox").fill("colony");
        await page.keyboard.press("Enter");
        await expect(page.getByRole("search").getByText(/1 of/)).toBeVisible();
        await shoot("find");
        await page.keyboard.press("Escape");
        await page.keyboard.press("ControlOrMeta+k");
        await expect(page.getByRole("dialog", { name: "Palette" })).toBeVisible();
        await shoot("palette");
        await page.keyboard.press("ControlOrMeta+k");
        await page.keyboard.press("ControlOrMeta+/");
        await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
        await shoot("shortcuts");
        await page.keyboard.press("Escape");
        await ask(page, "And in mathematics? #formulas");
        await answered(page);
        await expect(page.locator("math").last()).toBeVisible();
        await shoot("formulas");
        await ask(page, "And with a key that is wrong? #status 401");
        await expect(page.getByText("No complete answer.")).toBeVisible();
        await shoot("error");
        if (isNarrow) {
          await page.getByRole("button", { name: "Open sidebar" }).click();
          await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
          await shoot("drawer");
        }
        await page.getByRole("button", { name: "More about A title" }).click();
        await page.getByRole("menuitem", { name: "Instructions and memory…" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await shoot("memory");
        await page.goto("/usage");
        await expect(page.getByRole("table", { name: "What you used" })).toBeVisible();
        await shoot("usage");
        await page.goto("/settings");
        await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
        await shoot("settings");
        await page.goto(`/c/${crypto.randomUUID()}`);
        await expect(page.getByRole("heading", { name: "There is no" })).toBeVisible();
        await shoot("gone");
      });
    });
  }
}

async function converse(page: Page): Promise<void> {
  await chooseTestModel(page);
  for (const question of ["How do bees find flowers?", "What does a hive weigh in June?"]) {
    await ask(page, question);
    await answered(page);
  }
  await ask(page, "How does a colony grow over the year? #sample");
  await answered(page);
  await expect(page.locator("pre span[style]").first()).toBeVisible();
  await page.mouse.move(0, 0);
}

/** The README shows the product with an answer that a real model gave, on one's own machine. */
test("the one for the README", async ({ page, person }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, person);
  test.setTimeout(600_000);
  await chooseModel(page, readmeModel);
  await ask(
    page,
    "In one short sentence: what is a leap year? Then a two-line Python function, without comments.",
  );
  await answered(page, 500_000);
  await expect(page.getByText("No complete answer")).toHaveCount(0);
  await expect(page.locator("pre span[style]").first()).toBeVisible();
  await page.screenshot({ path: "../docs/screenshot.png" });
});

const readmeModel = process.env["README_MODEL"] ?? "qwen2.5-coder:1.5b";

async function chooseModel(page: Page, name: string): Promise<void> {
  await modelPicker(page).click();
  await page.getByRole("combobox", { name: "Search models" }).fill(name);
  await page.getByRole("option").filter({ hasText: name }).click();
}
