/** What somebody sees who has not asked anything yet. */
import { makeAdministrator } from "./support/accounts";
import {
  answered,
  ask,
  chooseTestModel,
  composer,
  expect,
  sidebar,
  signIn,
  test,
} from "./support/app";

const hints = { name: "Good to know" };

test("hints say where one's data is, and are gone after the first conversation", async ({
  page,
  person,
}) => {
  await signIn(page, person);
  const aside = page.getByRole("complementary", hints);
  await expect(aside.getByRole("listitem")).toHaveCount(2);
  await expect(composer(page)).toBeFocused();
  await aside.getByRole("link", { name: "What is stored where" }).click();
  await expect(page.getByRole("heading", { name: "What is stored where" })).toBeVisible();
  await page.goBack();
  await chooseTestModel(page);
  await ask(page, "What is first?");
  await answered(page);
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(page.getByRole("list", { name: "Ways to begin" })).toBeVisible();
  await expect(aside).toHaveCount(0);
});

test("hints are put away for good, by the keyboard", async ({ page, person }) => {
  await signIn(page, person);
  const aside = page.getByRole("complementary", hints);
  await aside.getByRole("button", { name: "Put these hints away" }).press("Enter");
  await expect(aside).toHaveCount(0);
  await page.reload();
  await expect(sidebar(page).getByText("Nothing here yet.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Ways to begin" })).toBeVisible();
  await expect(aside).toHaveCount(0);
});

test("an administrator is told how further models come in", async ({ page, person }) => {
  await makeAdministrator(person);
  await signIn(page, person);
  const aside = page.getByRole("complementary", hints);
  await expect(aside.getByText(/offered once its key is/)).toBeVisible();
});
