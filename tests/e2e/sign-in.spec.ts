import { accountButton, chooseAccount, composer, expect, test } from "./support/app";

test("signs in with Google, and offers the account again", async ({ page, person }) => {
  await page.goto("/");
  await chooseAccount(page, person);
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toBeFocused();
  await expect(page.getByText(`What are you working on, Ada?`)).toBeVisible();

  await composer(page).fill("a secret draft");
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const left = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  expect(left).not.toContain("a secret draft");

  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("dialog").getByRole("button", { name: person.email }).click();
  await expect(composer(page)).toBeVisible();
  await expect(composer(page)).toHaveValue("");
});

test("signs in with GitHub, and goes where one wanted to go", async ({ page, person }) => {
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in/);
  await chooseAccount(page, person, "GitHub");
  await expect(page).toHaveURL("/settings");
  await expect(page.getByText("Signs in with GitHub.")).toBeVisible();
});

test("goes nowhere else after sign-in", async ({ page, person }) => {
  await page.goto("/sign-in?to=https://elsewhere.example/x");
  await chooseAccount(page, person, "Google");
  await expect(page).toHaveURL("/");
  for (const to of [
    "https://elsewhere.example/x",
    "//elsewhere.example/x",
    "/\\elsewhere.example",
  ]) {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await expect(page).toHaveURL("/");
    await expect(composer(page)).toBeVisible();
  }
});

test("makes an account with e-mail and signs in with it", async ({ page, person, watched }) => {
  watched.expected.push(/400 \(Bad Request\)/);
  await page.goto("/");
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();

  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill("wrong horse");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("The e-mail address or the password is not right.")).toBeVisible();
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account of Grace Hopper" })).toBeVisible();
});
