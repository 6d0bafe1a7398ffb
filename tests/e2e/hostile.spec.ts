import { answered, answers, composer, expect, openNewChat, test } from "./support/app";
import { required } from "./support/environment";

test("what a model says runs nothing and fetches nothing", async ({ page, person, context }) => {
  const home = new URL(required("COLONYCRAFT_WEB")).hostname;
  const strangers: string[] = [];
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== home && protocol !== "data:" && protocol !== "blob:") {
      strangers.push(request.url());
    }
  });
  await openNewChat(page, person);
  for (const batch of ["xss-markdown 0 26", "xss-html 0 140", "xss-html 140 140"]) {
    await composer(page).fill(`Attack. #hostile ${batch}`);
    await page.keyboard.press("Enter");
    // The answer is at once so long that its question is not in the page any more.
    const last = `lastattack ${batch.replace(/ \d+$/, "")}`;
    await expect(answers(page).last()).toContainText(last, { timeout: 60_000 });
    await answered(page);
  }
  const active = page.locator("article").locator("script, iframe, object, embed, form, img, style");
  await expect(active).toHaveCount(0);
  const badLinks = await page
    .locator("article a")
    .evaluateAll((links) =>
      links
        .map((link) => link.getAttribute("href"))
        .filter((href) => !/^(https?:|mailto:)/.test(href ?? "")),
    );
  expect(badLinks).toEqual([]);
  expect(strangers).toEqual([]);
});
