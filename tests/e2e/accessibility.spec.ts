import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import {
  accountButton,
  answered,
  answers,
  ask,
  column,
  compareWith,
  composer,
  expect,
  makeFolder,
  modelPicker,
  openMemory,
  signIn,
  startChat,
  test,
} from "./support/app";
import { tags } from "./support/axe";
import { open, personalRoutes, publicRoutes } from "./support/pages";
import { setTheme, themeNames } from "./support/themes";

test.use({ colorScheme: "light", contextOptions: { reducedMotion: "reduce" } });
// Axe looks at everything four times.
test.describe.configure({ timeout: 120_000 });

/** In the page itself: no frame of ours is of another origin, and a second page would hide this one. */
function axeOf(page: Page, part: string): AxeBuilder {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .include(part)
    .options({ preload: false, resultTypes: ["violations"] });
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations: found } = await axe.analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary ?? ""}`).join("; ")}`,
  );
}

/** All rules once; those of colour in every theme, which changes nothing else, and there in `coloured`. */
async function expectNothing(page: Page, part = "html", coloured = part): Promise<void> {
  expect(await violations(axeOf(page, part).withTags(tags))).toEqual([]);
  for (const theme of themeNames.slice(1)) {
    await setTheme(page, theme);
    const ofColour = axeOf(page, coloured).withRules(["color-contrast", "link-in-text-block"]);
    expect(await violations(ofColour), theme).toEqual([]);
  }
  await setTheme(page, "light");
}

const popup = "[role=dialog]";
const menu = "[role=menu]";

test("axe finds nothing where nobody is signed in, in any theme", async ({ page }) => {
  for (const route of publicRoutes) {
    await open(page, route);
    await expect(page.locator("body")).toMatchAriaSnapshot(route.landmarks);
    await expectNothing(page);
  }
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNothing(page, popup);
});

test("axe finds nothing on a person's pages, in any theme", async ({ page, person }) => {
  // All pages of a person, each in each theme: on a busy machine that takes most of a minute.
  test.slow();
  await startChat(page, person, "Show everything. #sample");
  await answered(page);
  await expect(answers(page).locator("pre span[style]").first()).toBeVisible();
  const conversation = new URL(page.url()).pathname;
  const folder = await makeFolder(page);
  for (const route of personalRoutes(conversation, folder)) {
    await open(page, route);
    await expect(page.locator("body")).toMatchAriaSnapshot(route.landmarks);
    // The sidebar is the same on all of them.
    await expectNothing(page, "html", route.path === "/" ? "html" : "main");
  }
});

test("axe finds nothing in what opens, in any theme", async ({ page, person }) => {
  await signIn(page, person);
  await modelPicker(page).click();
  await page.getByRole("combobox", { name: "Search models" }).fill("openai");
  await expectNothing(page, popup);
  await page.getByRole("group", { name: "OpenAI" }).getByRole("option").first().click();
  await ask(page, "A short one");
  await answered(page);
  await answers(page).locator("summary").last().click();
  await expectNothing(page, "article:last-of-type details");
  await page.getByRole("button", { name: "More about this answer" }).click();
  await expect(page.getByRole("menuitem", { name: "Pin" })).toBeVisible();
  await expectNothing(page, menu);
  await page.keyboard.press("Escape");
  await accountButton(page).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await expectNothing(page, menu);
  await page.keyboard.press("Escape");

  const dialog = await openMemory(page);
  await dialog.getByRole("combobox", { name: "Choose a model to ask" }).click();
  await page.getByRole("option", { name: "test-model-2 OpenAI" }).click();
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("listitem")).toHaveText([/test-model-2/]);
  await expectNothing(page, popup);
  await dialog.getByRole("button", { name: "Discard changes" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();

  await compareWith(page, ["test-model-2"]);
  await composer(page).fill("Side by side");
  await page.keyboard.press("Enter");
  await expect(column(page, "test-model-2").getByText("Receipt:")).toBeVisible();
  await expectNothing(page, "[aria-label=Comparison]");
});
