/** They use what is in an answer: code, tables, formulas, pictures, pages. */
import { readFile } from "node:fs/promises";

import {
  answered,
  answers,
  ask,
  expect,
  openNewChat,
  startChat,
  stored,
  test,
} from "./support/app";

test("what can be done with an answer stays in its place when the answer is stored", async ({
  page,
  person,
}) => {
  await page.addInitScript(() => {
    const seen = new Set<number>();
    Object.assign(window, { placesOfAgain: seen });
    new MutationObserver(() => {
      const copy = document.querySelector('[aria-label="Copy answer"]');
      const again = document.querySelector('[aria-label="Answer again"]');
      if (copy && again) {
        const apart = again.getBoundingClientRect().x - copy.getBoundingClientRect().x;
        seen.add(Math.round(apart));
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await startChat(page, person, "What is a colony?");
  await stored(page);
  const places = await page.evaluate(() => [
    ...(window as unknown as { placesOfAgain: Set<number> }).placesOfAgain,
  ]);
  expect(places).toHaveLength(1);
});

test("code, tables and formulas can be taken along", async ({ page, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await startChat(page, person, "Show everything. #sample");
  await stored(page);
  const answer = answers(page).last();

  // By keys: a click that scrolls there by itself, as no hand does, may be brought back to the end.
  await answer.getByRole("button", { name: "Copy as CSV" }).press("Enter");
  await expect(answer.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await clipboard()).toBe(
    'Month,Bees,Note\r\nApril,"12,000",brood\r\nJune,"48,000",peak\r\n',
  );

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    answer.getByRole("button", { name: "Download the code" }).press("Enter"),
  ]);
  expect(file.suggestedFilename()).toBe("code.py");
  expect(await readFile(await file.path(), "utf8")).toContain("def peak(bees: list[int])");
  const code = answer.getByRole("region", { name: "Code in python" });
  await answer.getByRole("button", { name: "Wrap long lines" }).press("Enter");
  await expect(code).toHaveCSS("white-space-collapse", "preserve");
  await expect(code).toHaveCSS("text-wrap-mode", "wrap");

  await ask(page, "And maths. #formulas");
  await stored(page);
  await expect(answers(page).last().locator("math")).toHaveCount(2);
  await expect(answers(page).last().locator("math mfrac")).toBeVisible();
  await expect(answers(page).last()).toContainText("It costs $5.");

  await ask(page, "And much of it. #code");
  await stored(page);
  await answers(page).last().getByRole("button", { name: "Fold the code" }).press("Enter");
  const unfold = answers(page).last().getByRole("button", { name: "Show all 40 lines" });
  await expect(unfold).toBeVisible();
  await page.reload();
  const folded = answers(page).last().getByRole("region", { name: "Code in text" });
  // While the thread finds its place, the answer may be drawn anew between two looks.
  const height = async () => (await folded.boundingBox())?.height ?? Number.NaN;
  await expect.poll(height).toBeLessThan(140);
  await unfold.press("Enter");
  await expect.poll(height).toBeGreaterThan(400);
});

test("code is coloured beside the page's own thread, and stays plain where that cannot be fetched", async ({
  page,
  person,
  watched,
}) => {
  watched.expected.push(/ERR_FAILED/);
  const coloured = answers(page).last().locator("code span[style*='light-dark']").first();
  // The route stays to the end: requests may be on their way when it is taken away.
  let isAway = true;
  await page.route(/highlighter-/, (route) => (isAway ? route.abort() : route.continue()));
  const refused = page.waitForEvent("requestfailed", (request) =>
    /highlighter/.test(request.url()),
  );
  await startChat(page, person, "Show everything. #sample");
  await stored(page);
  await refused;
  await expect(answers(page).last()).toContainText("def peak(bees: list[int])");
  await expect(coloured).toHaveCount(0);

  isAway = false;
  await ask(page, "And again. #sample");
  await stored(page);
  await expect(coloured).toHaveText("def");
  expect(page.workers()).toHaveLength(1);
});

test("a page that a model wrote runs on a click, and reaches nothing", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(/Content Security Policy|Failed to load|Unsafe attempt|elsewhere\.example/);
  const strangers: string[] = [];
  context.on("request", (request) => {
    if (request.url().includes("elsewhere.example")) strangers.push(request.url());
  });
  await openNewChat(page, person);
  await ask(page, "Write a page. #page");
  await answered(page);
  await expect(page.locator("iframe")).toHaveCount(0);
  await answers(page).getByRole("button", { name: "Preview" }).click();
  await expect(page.frameLocator("iframe[title=Preview]").locator("#told")).toHaveText(
    "no page, no storage, no way out, no network",
  );
  expect(strangers).toEqual([]);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("an image is fetched when one asks for it, by a page that knows nothing else", async ({
  page,
  person,
  context,
}) => {
  const referrers: (string | undefined)[] = [];
  await context.route("https://charts.example.com/**", async (route) => {
    referrers.push((await route.request().allHeaders())["referer"]);
    const body = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>';
    await route.fulfill({ contentType: "image/svg+xml", body });
  });
  await startChat(page, person, "Show everything. #sample");
  await answered(page);
  expect(referrers).toEqual([]);
  await answers(page)
    .getByRole("button", { name: /load image from charts.example.com/ })
    .click();
  const image = page.frameLocator("iframe[title*='charts.example.com']").locator("img");
  await expect(image).toHaveJSProperty("naturalWidth", 40);
  expect(referrers).toEqual([undefined]);
});

test("all images of one host are shown in one conversation, while the page is open", async ({
  page,
  person,
  context,
}) => {
  const fetched: string[] = [];
  await context.route(/^https:\/\/(charts\.example\.com|elsewhere\.example)/, async (route) => {
    fetched.push(new URL(route.request().url()).pathname);
    const body = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>';
    await route.fulfill({ contentType: "image/svg+xml", body });
  });
  await startChat(page, person, "Show them. #gallery");
  await answered(page);
  await answers(page).getByRole("button", { name: "one: load image" }).click();
  await answers(page).getByRole("button", { name: "Show all from charts.example.com" }).click();
  const frames = page.locator("iframe[title*='charts.example.com']");
  await expect(frames).toHaveCount(2);
  await expect.poll(() => fetched.toSorted()).toEqual(["/1.svg", "/2.svg"]);
  await ask(page, "And again. #sample");
  await answered(page);
  await expect.poll(() => fetched).toContain("/colony.png");

  await page.getByRole("link", { name: "New chat" }).click();
  await ask(page, "Elsewhere? #gallery");
  await answered(page);
  await expect(answers(page).getByRole("button", { name: "one: load image" })).toBeVisible();
  await page.goBack();
  await expect(frames.first()).toBeAttached();
  await page.reload();
  await expect(answers(page).getByRole("button", { name: "two: load image" })).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(fetched).not.toContain("/3.svg");
});
