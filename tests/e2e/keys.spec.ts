/** What a person gives a program, so that it asks models in their name. */
import { makeAdministrator } from "./support/accounts";
import { alone, expect, signIn, test } from "./support/app";
import { violations } from "./support/axe";
import { required } from "./support/environment";
import { makeKey, revokeKey } from "./support/keys";
import { expectToFit } from "./support/layout";

/** What the status of a request with a key is, as a program makes it. */
async function statusWith(key: string, address = "openai"): Promise<number> {
  const data = { model: "gpt-5-mini", messages: [{ role: "user", content: "Hello" }] };
  const response = await fetch(`${required("COLONYCRAFT_FUNCTIONS")}/${address}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ data: address === "openai" ? data : {} }),
  });
  return response.status;
}

test(
  "a key is made, asks a model in its person's name, and is revoked",
  alone,
  async ({ page, person }) => {
    await signIn(page, person, "/settings");
    await page.getByRole("link", { name: "Your keys" }).press("Enter");
    await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
    const key = await makeKey(page, "Nightly report");
    expect(await violations(page)).toEqual([]);
    expect(await statusWith(key)).toBe(200);
    expect(await statusWith(key, "api/budgets.list")).toBe(403);
    await page.reload();
    await expect(page.getByRole("listitem").filter({ hasText: "Nightly report" })).toContainText(
      /used .+\$0\.0\d+ of \$5\.00 a month used/,
    );
    await expect(page.getByText(key)).toHaveCount(0);
    await revokeKey(page, "Nightly report");
    await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
    expect(await statusWith(key)).toBe(401);
  },
);

test(
  "an administrator switches keys off and on, and revokes anybody's",
  alone,
  async ({ page }) => {
    const grace = { name: "Grace Hopper", email: `grace-${crypto.randomUUID()}@example.com` };
    await makeAdministrator(grace);
    await signIn(page, grace, "/settings/keys");
    const name = `Import ${crypto.randomUUID().slice(0, 8)}`;
    const key = await makeKey(page, name);
    await page.getByRole("link", { name: "Everybody’s keys" }).press("Enter");
    const item = page.getByRole("listitem").filter({ hasText: name });
    await expect(item).toContainText(`Grace Hopper${grace.email}`);
    expect(await violations(page)).toEqual([]);

    const allowed = page.getByRole("switch", { name: "Keys work in this workspace" });
    await allowed.press("Space");
    await expect.poll(() => statusWith(key)).toBe(403);
    await allowed.press("Space");
    await expect.poll(() => statusWith(key)).toBe(200);
    await revokeKey(page, name);
    await expect(item).toHaveCount(0);
    expect(await statusWith(key)).toBe(401);
  },
);

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("keys fit the screen", alone, async ({ page, person }) => {
    await signIn(page, person, "/settings/keys");
    await makeKey(page, "A name as long as a name can be without a space: abcdefghijk");
    await expectToFit(page);
    await page.getByRole("button", { name: "Done" }).press("Enter");
    await expectToFit(page);
    await page.getByRole("button", { name: "Make a key" }).press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectToFit(page);
  });
});
