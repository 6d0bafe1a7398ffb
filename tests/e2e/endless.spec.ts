/** Without a trace: that asks every frame after each step, and this one never answers. */
import { answered, answers, composer, expect, startChat, test } from "./support/app";

test.use({ trace: "off" });

test("a page that never ends leaves the conversation as it was, and can be closed", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Never end. #endless");
  await answered(page);
  await answers(page).getByRole("button", { name: "Preview" }).click();
  const panel = page.getByRole("complementary", { name: "Preview" });
  await expect(panel.getByRole("heading", { name: "Endless" })).toBeFocused();
  await composer(page).fill("still here");
  await expect(composer(page)).toHaveValue("still here");
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
});
