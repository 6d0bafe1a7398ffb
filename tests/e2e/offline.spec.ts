/** Without a network, in an app that has been installed. */
import type { Page } from "@playwright/test";

import {
  anotherTab,
  answered,
  answers,
  composer,
  expect,
  installed,
  questions,
  sidebar,
  signIn,
  startChat,
  stored,
  test,
  withoutNetwork,
} from "./support/app";

test.use({ installs: "once" });

/** The app's own page does not arrive until it is released. */
async function holdApp(page: Page): Promise<() => Promise<void>> {
  const held: (() => void)[] = [];
  await page.route(/\/assets\/_workspace-/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  return async () => {
    await expect.poll(() => held.length).toBe(1);
    for (const release of held) release();
  };
}

test("opens, lists and shows what was read before, also after it was closed", async ({
  page,
  person,
  context,
  watched,
}) => {
  watched.expected.push(...withoutNetwork);
  await startChat(page, person, "What stays?");
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  await installed(page);
  await context.setOffline(true);
  await composer(page).fill("half a question");
  const address = page.url();
  await page.close();

  const later = await context.newPage();
  await later.goto(address);
  // By its role: what the page looked like when it was closed may say so, too.
  const banner = later.getByRole("status").filter({ hasText: "You are offline." });
  await expect(banner).toBeVisible();
  await expect(questions(later)).toHaveText(/What stays\?/);
  await expect(answers(later)).toContainText("A short answer.");
  await expect(composer(later)).toHaveValue("half a question");
  await later.goto("/");
  await sidebar(later).getByRole("link", { name: "A title" }).click();
  await expect(answers(later)).toContainText("A short answer.");
  await later.goto("/usage");
  await expect(later.getByRole("heading", { name: "Usage", level: 1 })).toBeVisible();
});

test("can be installed, and keeps nothing of a person with the app", async ({ page, person }) => {
  await signIn(page, person);
  await installed(page);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? "") as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    const side = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    }, src);
    if (sizes !== "any") expect(`${side}x${side}`).toBe(sizes);
  }
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Playwright's browsers are private windows; nothing else is in the way.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);

  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url));
  });
  expect(kept.length).toBeGreaterThan(20);
  const others = kept.filter(
    ({ origin, pathname }) =>
      origin !== new URL(page.url()).origin ||
      !/^\/(assets\/.*|icon.*|theme\.js|first-frame\.js|manifest\.webmanifest|config\.json)?$/.test(
        pathname,
      ),
  );
  expect(others).toEqual([]);
});

test.describe("not installed", () => {
  test.use({ installs: false });

  test("begins with what was shown last, before Firestore is there", async ({ page, person }) => {
    await startChat(page, person, "What stays?");
    await stored(page);
    await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
    // It is on its way, and does not arrive.
    await page.route(/\/assets\/firestore-/, () => {});
    await page.reload();
    await expect(questions(page)).toHaveText(/What stays\?/);
    await expect(answers(page)).toContainText("A short answer.");
    await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  });

  test("looks as it did when it was left, before the app is there", async ({ page, person }) => {
    await startChat(page, person, "What stays? #sample");
    await stored(page);
    await composer(page).fill("half a question");
    const release = await holdApp(page);
    const at = (of: string) =>
      page
        .locator(of)
        .locator("pre")
        .first()
        .evaluate((code) => code.getBoundingClientRect().top);
    await expect(page.locator("#root pre").first()).toBeInViewport();
    const before = await at("#root");
    await page.reload({ waitUntil: "commit" });
    const frame = page.locator("#first-frame");
    await expect(frame.locator("pre").first()).toBeVisible();
    expect(await at("#first-frame")).toBe(before);
    await expect(frame.locator("textarea")).toHaveValue("half a question");
    await expect(answers(page)).toHaveCount(0);
    await release();
    await expect(answers(page)).toContainText("It grows in three phases");
    await expect(frame).toHaveCount(0);
    await expect(page.locator("#root")).toHaveCSS("opacity", "1");
    await composer(page).press("End");
    await composer(page).pressSequentially(" more");
    await expect(composer(page)).toHaveValue("half a question more");
  });

  test("a conversation that is gone meanwhile does not stay on the screen", async ({
    page,
    person,
  }) => {
    await startChat(page, person, "What goes?");
    await stored(page);
    const other = await anotherTab(page);
    const address = page.url();
    await page.goto("about:blank");
    await sidebar(other).getByRole("link", { name: "A title" }).hover();
    await sidebar(other).getByRole("button", { name: "More about A title" }).click();
    await other.getByRole("menuitem", { name: "Delete" }).click();
    await expect(other.getByText("deleted.")).toBeVisible();
    const release = await holdApp(page);
    await page.goto(address, { waitUntil: "commit" });
    await expect(page.locator("#first-frame")).toContainText("What goes?");
    await release();
    await expect(
      page.getByRole("heading", { name: "This conversation was deleted." }),
    ).toBeVisible();
    await expect(page.locator("#first-frame")).toHaveCount(0);
  });
});
