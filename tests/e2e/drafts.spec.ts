/** What was typed is never lost: not by a reload, not by another tab, not by another chat. */
import { anotherTab, answered, ask, composer, expect, openNewChat, test } from "./support/app";

test("a new chat's draft is there after a reload, is this tab's, and ends with the question", async ({
  page,
  person,
}) => {
  await openNewChat(page, person);
  await composer(page).fill("Half a thought");
  await page.reload();
  await expect(composer(page)).toHaveValue("Half a thought");
  const other = await anotherTab(page);
  await expect(composer(other)).toHaveValue("");
  await other.close();

  await ask(page, "A whole thought");
  await answered(page);
  const asked = page.url();
  await composer(page).fill("The next one");
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(composer(page)).toHaveValue("");
  await page.reload();
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toHaveValue("");
  await page.goto(asked);
  await expect(composer(page)).toHaveValue("The next one");
});
