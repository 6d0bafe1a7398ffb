/** A new version comes while tabs of the one before are open. */
import type { Page } from "@playwright/test";

import { chooseAccount, composer, expect, installed, test } from "./support/app";
import { startSite, type Site } from "./support/site";

let site: Site;
test.use({ installs: "anew" });
test.beforeEach(async () => {
  site = await startSite();
});
test.afterEach(() => site.close());

/** The last of the parts that a tab fetches once it is at rest is there. */
async function fetchedAhead(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/drawer-")),
  );
}

test("begins where the person says so, and leaves the other tabs as they are", async ({
  page,
  person,
  context,
}) => {
  await page.goto(site.address);
  await chooseAccount(page, person);
  await installed(page);
  const other = await context.newPage();
  await other.goto(`${site.address}/settings`);
  await other.getByText("Appearance").waitFor();
  const before = await page.evaluate(() => caches.keys());
  expect(before).toHaveLength(1);
  await composer(page).fill("Half a thought");
  // A worker that is fetching something for a tab is replaced only afterwards.
  await fetchedAhead(page);
  await fetchedAhead(other);

  site.deploy("second");
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const notice = page.getByRole("status").filter({ hasText: "A new version is ready." });
  await notice.getByRole("button", { name: "Reload" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-mark", "second");
  await expect(composer(page)).toHaveValue("Half a thought");

  await expect(other.locator("body")).not.toHaveAttribute("data-mark");
  await expect(other.getByText("A new version is ready.")).toBeVisible();
  expect(await page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(before));
  await other.close();
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => caches.keys()))
    .toEqual([expect.stringContaining("second")]);
});
