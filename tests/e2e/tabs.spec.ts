/** Several tabs of one browser, which share what Firestore has stored there. */
import type { Page } from "@playwright/test";

import { answered, ask, expect, sidebar, startChat, stored, test } from "./support/app";

/** Keeps from the page what other tabs say of their changes, as a busy machine does for a while. */
async function holdWord(page: Page): Promise<{ begin(): Promise<void>; end(): Promise<void> }> {
  await page.addInitScript(() => {
    const word = { isHeld: false, events: [] as Event[] };
    Object.assign(globalThis, { word });
    globalThis.addEventListener("storage", (event) => {
      if (!word.isHeld) return;
      event.stopImmediatePropagation();
      word.events.push(event);
    });
  });
  const set = (isHeld: boolean) =>
    page.evaluate((held) => {
      const { word } = globalThis as unknown as { word: { isHeld: boolean; events: Event[] } };
      word.isHeld = held;
      for (const event of word.events.splice(0)) dispatchEvent(event);
    }, isHeld);
  return { begin: () => set(true), end: () => set(false) };
}

/** Once Firestore has told it of the open conversation, the page keeps that for the next visit. */
async function toldOfConversation(page: Page): Promise<void> {
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const kept = () => page.evaluate(() => localStorage.getItem("colonycraft.last-shown"));
  await expect.poll(kept).toContain(`"id":"${id}"`);
}

test("a list has what its tab opens before it has heard of it", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, "One to be listed");
  await stored(page);
  const second = await page.context().newPage();
  const word = await holdWord(second);
  await second.goto(page.url());
  await answered(second);
  await expect(sidebar(second).getByRole("link")).toHaveCount(1);
  await toldOfConversation(second);

  await word.begin();
  await page.getByRole("link", { name: "New chat" }).click();
  await ask(page, `Count. ${writing.until}`);
  await expect(page).toHaveURL(/\/c\//);
  await toldOfConversation(page);
  await second.evaluate((url) => {
    history.pushState(null, "", url);
    dispatchEvent(new PopStateEvent("popstate"));
  }, page.url());
  await expect(second.getByRole("button", { name: "Stop" })).toBeVisible();
  await word.end();
  await expect(sidebar(second).getByRole("link")).toHaveCount(2);
  await expect(sidebar(second).getByText("Answer is being written")).toBeAttached();
  await writing.end();
  await expect(sidebar(second).getByText("Answer is being written")).not.toBeAttached();
});
