import type { Page } from "@playwright/test";

import { makeAdministrator } from "./support/accounts";
import {
  accountButton,
  answered,
  answers,
  ask,
  chooseTestModel,
  column,
  compareWith,
  composer,
  expect,
  makeFolder,
  modelPicker,
  openMemory,
  signIn,
  startChat,
  stored,
  test,
} from "./support/app";
import { untilStill } from "./support/layout";
import { setTheme, themeNames, themes, type Theme } from "./support/themes";

const folder = "test-results/screenshots";
/** Some of them are an administrator's. */
const further = {
  "usage-everyone": "/usage?of=everyone",
  "usage-check": "/usage/check",
  keys: "/settings/keys",
  "organisation-keys": "/organisation/keys",
  budgets: "/organisation/budgets",
  feedback: "/organisation/feedback",
};
const widths = { narrow: 360, medium: 768, wide: 1440 };

for (const theme of themeNames) {
  for (const [name, width] of Object.entries(widths)) {
    const isNarrow = name === "narrow";
    test.describe(`${theme}, ${name}`, () => {
      test.use({
        viewport: { width, height: isNarrow ? 740 : 900 },
        hasTouch: isNarrow,
        isMobile: isNarrow,
        contextOptions: { ...themes[theme], reducedMotion: "reduce" },
      });

      test("every page", async ({ page, person }) => {
        const shoot = async (what: string, fullPage = false) => {
          await untilStill(page);
          await page.screenshot({ path: `${folder}/${what}-${theme}-${width}.png`, fullPage });
        };
        const openSidebar = async () => {
          if (isNarrow) await page.getByRole("button", { name: "Open sidebar" }).click();
        };
        await page.goto("/sign-in");
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
        await shoot("sign-in");
        await page.getByRole("button", { name: "Continue with Google" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await shoot("account-chooser");
        await page.goto("/dev/ui");
        await expect(page.getByRole("heading", { name: "Every part" })).toBeVisible();
        await shoot("parts", true);
        await page.goto("/nowhere");
        await expect(page.getByRole("heading", { name: "There is nothing" })).toBeVisible();
        await shoot("not-found");

        await makeAdministrator(person);
        await signIn(page, person, "/usage");
        await expect(page.getByText("Nothing in the last 30 days.")).toBeVisible();
        await shoot("usage-empty");
        await page.goto("/");
        await expect(modelPicker(page)).not.toContainText("Loading");
        if (!isNarrow) await expect(page.getByText("Nothing here yet.")).toBeVisible();
        await expect(page.getByRole("list", { name: "Ways to begin" })).toBeVisible();
        await expect(page.getByRole("complementary", { name: "Good to know" })).toBeVisible();
        await shoot("new-chat");
        await modelPicker(page).click();
        await expect(page.getByRole("combobox", { name: "Search models" })).toBeVisible();
        await shoot("model-picker");
        await page.keyboard.press("Escape");

        await converse(page);
        await shoot("conversation");
        await page.getByRole("region", { name: "Conversation" }).evaluate((thread) => {
          thread.scrollTop = 0;
        });
        await expect(page.getByText("How do bees find flowers?")).toBeInViewport();
        await shoot("conversation-start");
        await page.locator("summary").last().click();
        await shoot("receipt");
        await answers(page).last().getByRole("button", { name: "More about this answer" }).click();
        await expect(page.getByRole("menu")).toBeVisible();
        await shoot("message-menu");
        await page.keyboard.press("Escape");
        await expect(page.getByRole("menu")).toHaveCount(0);
        await page.keyboard.press("ControlOrMeta+f");
        await page.getByRole("search").getByRole("textbox").fill("colony");
        await expect(page.getByRole("search").getByText("3 found")).toBeVisible();
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
        await stored(page);
        await expect(page.locator("math").last()).toBeVisible();
        await shoot("formulas");
        await ask(page, "And with a key that is wrong? #status 401");
        await expect(page.getByText("No complete answer.")).toBeVisible();
        await stored(page);
        await shoot("error");
        if (isNarrow) {
          await openSidebar();
          await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
          await shoot("drawer");
        }
        await accountButton(page).click();
        await expect(page.getByRole("menu")).toBeVisible();
        await shoot("account-menu");
        await page.keyboard.press("Escape");
        const dialog = await openMemory(page);
        await shoot("memory");
        await dialog.getByRole("button", { name: "Close" }).click();

        await makeFolder(page);
        await expect(page.getByText("Begin a new chat, or move")).toBeVisible();
        await shoot("folder");
        await page.goto("/");
        await compareWith(page, ["test-model-2"]);
        await composer(page).fill("Which honey is the darkest?");
        await page.keyboard.press("Enter");
        for (const model of ["test-model", "test-model-2"]) {
          await expect(column(page, model).getByText("Receipt:")).toBeVisible();
        }
        await shoot("comparison");
        await page.goto("/usage");
        await expect(page.getByRole("table", { name: "What you used" })).toBeVisible();
        await shoot("usage");
        await page.goto("/settings");
        await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
        await expect(modelPicker(page)).toContainText("The last one");
        await shoot("settings");
        for (const [what, path] of Object.entries(further)) {
          await page.goto(path);
          await expect(page.locator("h1")).toBeVisible();
          await expect(page.locator("[role=status][aria-label]")).toHaveCount(0);
          await shoot(what);
        }
        await page.goto("/privacy");
        await expect(page.getByRole("heading", { name: "What is stored where" })).toBeVisible();
        await shoot("privacy");
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

/** `docs/design.md` shows the product in its themes, and the parts. */
test("those for the documentation", async ({ page, person }) => {
  const shoot = (what: string) => page.screenshot({ path: `../docs/design/${what}.png` });
  const shown: Record<string, Theme> = { light: "light", dark: "dark", contrast: "light-contrast" };
  await page.setViewportSize({ width: 1040, height: 650 });
  await startChat(page, person, "How does a colony grow over the year? #sample");
  await answered(page);
  await expect(page.locator("pre span[style]").first()).toBeVisible();
  for (const [name, theme] of Object.entries(shown)) {
    await setTheme(page, theme);
    await shoot(`chat-${name}`);
  }
  await setTheme(page, "light");
  await page.goto("/dev/ui");
  await expect(page.getByRole("heading", { name: "Every part" })).toBeVisible();
  await shoot("parts");
});

/** The README shows the product with an answer that a real model gave, on one's own machine. */
test("the one for the README", async ({ page, person }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, person);
  test.setTimeout(600_000);
  await chooseModel(page, readmeModel);
  await ask(
    page,
    "In one short sentence: what is a palindrome? Then a two-line Python function, without comments.",
  );
  await answered(page, 500_000);
  await expect(page.getByText("No complete answer")).toHaveCount(0);
  await expect(page.locator("pre span[style]").first()).toBeVisible();
  // Until the title is there as well.
  await expect(page.getByText("Answer is being written")).toHaveCount(0, { timeout: 100_000 });
  await page.screenshot({ path: "../docs/screenshot.png" });
});

const readmeModel = process.env["README_MODEL"] ?? "qwen2.5-coder:1.5b";

async function chooseModel(page: Page, name: string): Promise<void> {
  await modelPicker(page).click();
  await page.getByRole("combobox", { name: "Search models" }).fill(name);
  const option = page.getByRole("option").filter({ hasText: name });
  await expect(option, `Your Ollama has ${name}, or README_MODEL names another`).toBeVisible();
  await option.click();
}
