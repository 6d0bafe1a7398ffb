/** What a model wrote to be seen: pages, pictures and diagrams, beside the conversation. */
import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import {
  answered,
  answers,
  ask,
  composer,
  expect,
  openNewChat,
  signIn,
  startChat,
  testModel,
} from "./support/app";
import { test } from "./support/kept";

function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Preview" });
}

function frame(page: Page) {
  return page.frameLocator("iframe[title=Preview]");
}

async function openLast(page: Page): Promise<void> {
  await answers(page).last().getByRole("button", { name: "Preview" }).last().click();
}

test("what was written again is a version, and can be taken along", async ({
  page,
  person,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await startChat(page, person, "Draw a bee. #picture 1");
  await answered(page);
  await openLast(page);
  await expect(panel(page).getByRole("heading", { name: "Bee" })).toBeFocused();
  await expect(panel(page).getByRole("group", { name: "Versions" })).toHaveCount(0);
  await expect(frame(page).locator("circle")).toHaveAttribute("r", "1");

  // Who looks at the last version is shown the next one when it is there.
  await ask(page, "Larger. #picture 2");
  await expect(frame(page).locator("circle")).toHaveAttribute("r", "2");
  const versions = panel(page).getByRole("group", { name: "Versions" });
  await expect(versions).toContainText("2 / 2");
  await versions.getByRole("button", { name: "Previous version" }).click();
  await expect(frame(page).locator("circle")).toHaveAttribute("r", "1");

  await panel(page).getByRole("button", { name: "Copy its code" }).click();
  await expect(panel(page).getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('r="1"');
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    panel(page).getByRole("button", { name: "Download it" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("code.svg");
  expect(await readFile(await file.path(), "utf8")).toContain('r="1"');
  await panel(page).getByRole("radio", { name: "Code" }).check();
  await expect(panel(page).getByRole("region", { name: "Code" })).toContainText('r="1"');
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("its width is changed by keys and by hand, and stays", async ({ page, person }) => {
  await startChat(page, person, "Draw a bee. #picture 1");
  await answered(page);
  await openLast(page);
  const divider = page.getByRole("separator", { name: "Width of the preview" });
  const width = async () => (await panel(page).boundingBox())?.width ?? 0;
  await expect(panel(page).getByRole("heading", { name: "Bee" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(divider).toBeFocused();
  const first = await width();
  await page.keyboard.press("ArrowLeft");
  await expect(divider).toHaveAttribute("aria-valuenow", "55");
  expect(await width()).toBeGreaterThan(first);
  await page.keyboard.press("Home");
  await expect(divider).toHaveAttribute("aria-valuenow", "30");
  await page.keyboard.press("End");
  await expect(divider).toHaveAttribute("aria-valuenow", "70");

  const box = await divider.boundingBox();
  if (!box) throw new Error("The divider is not in the page.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  // Over the frame, which is not to take it.
  await page.mouse.move(box.x + 300, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(divider).not.toHaveAttribute("aria-valuenow", "70");
  const chosen = await divider.getAttribute("aria-valuenow");
  await page.reload();
  await openLast(page);
  await expect(divider).toHaveAttribute("aria-valuenow", chosen ?? "");
});

test("Escape closes it, and the focus is where it was; on a narrow screen too", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Draw a bee. #picture 1");
  await answered(page);
  const opener = answers(page).last().getByRole("button", { name: "Preview" });
  await opener.press("Enter");
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(opener).toBeFocused();

  await page.setViewportSize({ width: 360, height: 740 });
  await opener.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Bee" });
  await expect(frame(page).locator("circle")).toBeVisible();
  await expect(sheet.getByRole("separator")).toHaveCount(0);
  expect((await sheet.boundingBox())?.width).toBe(360);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test("a diagram is drawn with nothing from elsewhere", async ({ page, person, context }) => {
  const strangers: string[] = [];
  const libraries: string[] = [];
  context.on("request", (request) => {
    const { hostname, pathname } = new URL(request.url());
    if (hostname !== "127.0.0.1") strangers.push(request.url());
    if (pathname.includes("mermaid")) libraries.push(pathname);
  });
  await signIn(page, person, "/", testModel);
  await ask(page, "Draw the hive. #diagram");
  await answered(page);
  expect(libraries).toEqual([]);
  await openLast(page);
  await expect(panel(page).getByRole("heading", { name: "The hive" })).toBeVisible();
  await expect(frame(page).locator("svg").getByText("Queen")).toBeVisible();
  expect(libraries).toEqual([expect.stringMatching(/^\/assets\//)]);
  expect(strangers).toEqual([]);
});

test("a diagram that is wrong says so and shows what was written", async ({ page, person }) => {
  await startChat(page, person, "Draw the hive. #broken");
  await answered(page);
  await openLast(page);
  await expect(frame(page).getByText("This diagram cannot be drawn")).toBeVisible();
  await expect(frame(page).getByText(/error/i).first()).toBeVisible();
  await expect(frame(page).getByText("graph TD; Queen --> ((", { exact: true })).toBeVisible();
  await expect(page.getByText("Syntax error")).toHaveCount(0);
});

test("a diagram says why it is not there when its library does not come", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(/Failed to load resource/);
  await context.route(/mermaid/, (route) => route.abort());
  await signIn(page, person, "/", testModel);
  await ask(page, "Draw the hive. #diagram");
  await answered(page);
  await openLast(page);
  await expect(panel(page).getByText("The diagram could not be drawn.")).toBeVisible();
  await context.unroute(/mermaid/);
  await panel(page).getByRole("button", { name: "Try again" }).click();
  await expect(frame(page).locator("svg").getByText("Queen")).toBeVisible();
});

test("a diagram runs nothing of what its labels and clicks say", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(/Content Security Policy|Failed to load|Unsafe attempt|elsewhere\.example/);
  // What the frame's policy stops is no request that leaves the browser.
  const strangers: string[] = [];
  await context.route("https://elsewhere.example/**", (route) => {
    strangers.push(route.request().url());
    return route.abort();
  });
  await startChat(page, person, "Draw an attack. #trap");
  await answered(page);
  await openLast(page);
  await expect(frame(page).locator("svg").getByText("Bait")).toBeVisible();
  await frame(page).locator("svg").getByText("Bait").click();
  await expect(frame(page).locator("script[src], iframe, [onerror], [onclick]")).toHaveCount(0);
  expect(
    await frame(page)
      .locator("body")
      .evaluate(() => "hit" in globalThis),
  ).toBe(false);
  expect(strangers).toEqual([]);
  expect(page.url()).toContain("/c/");
});

test("a diagram that is too large says so", async ({ page, person }) => {
  await openNewChat(page, person);
  // The answer is so long that its question has left the page at once.
  await composer(page).fill("Draw too much. #huge");
  await composer(page).press("Enter");
  await answered(page);
  const opener = answers(page).last().getByRole("button", { name: "Preview" });
  await opener.press("Enter");
  await expect(
    frame(page)
      .getByText(/Maximum text size/)
      .first(),
  ).toBeVisible();
  // Narrower, the answer is longer: its end must not take away what was opened.
  await expect(opener).toBeInViewport();
});
