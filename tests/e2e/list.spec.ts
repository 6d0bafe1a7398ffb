/** Many conversations: scrolled, chosen several at once, and left alone by what happens elsewhere. */
import type { Locator, Page } from "@playwright/test";

import {
  answered,
  ask,
  expect,
  makeFolder,
  showAllConversations,
  sidebar,
  startChat,
  test,
} from "./support/app";
import { violations } from "./support/axe";
import { copyConversation, deleteCopies, writeMessages } from "./support/firestore";
import { expectToFit, targetsBelow } from "./support/layout";
import { setTheme, type Theme } from "./support/themes";

interface Person {
  name: string;
  email: string;
}

/** “Conversation 1”, then “A title”, which is open, then the others up to so many, an hour apart. */
async function startMany(page: Page, person: Person, count: number): Promise<void> {
  await startChat(page, person, "One of many");
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  await copyConversation(page, count);
  await expect(link(page, "Conversation 1")).toBeVisible();
}

/** 200 of them, all listed. */
async function startLong(page: Page, person: Person): Promise<void> {
  await startMany(page, person, 199);
  await showAllConversations(page, 200);
}

function link(page: Page, title: string): Locator {
  return sidebar(page).getByRole("link", { name: title, exact: true });
}

function box(page: Page, title: string): Locator {
  return sidebar(page).getByRole("checkbox", { name: title, exact: true });
}

function bar(page: Page): Locator {
  return page.getByRole("toolbar", { name: "Chosen conversations" });
}

function scrollTo(list: Locator, top: number): Promise<void> {
  return list.evaluate((element, to) => element.scrollTo(0, to), top);
}

/** Waits until it has stayed where it is for some frames. */
function atRest(scroller: Locator): Promise<void> {
  return scroller.evaluate(
    (element) =>
      new Promise<void>((done) => {
        let [place, frames] = [element.scrollTop, 0];
        const look = () => {
          frames = element.scrollTop === place ? frames + 1 : 0;
          place = element.scrollTop;
          if (frames > 20) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

// Firestore's emulator looks through all conversations for each list that is open anywhere.
test.afterEach(deleteCopies);

/** From the keyboard alone. */
async function startSelecting(page: Page, title: string): Promise<void> {
  await link(page, title).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Select" }).press("Enter");
  await expect(box(page, title)).toBeFocused();
  await expect(box(page, title)).toBeChecked();
}

test("of 200 conversations those near the screen are in the page, wherever one scrolls", async ({
  page,
  person,
}) => {
  await startLong(page, person);
  const list = sidebar(page);
  const rows = list.getByRole("listitem");
  for (const [top, title] of [
    [0, "A title"],
    [4_000, "Conversation 115"],
    [1_000_000, "Conversation 199"],
  ] as const) {
    await scrollTo(list, top);
    await expect(link(page, title)).toBeInViewport();
    expect(await rows.count()).toBeLessThan(100);
    expect(await page.locator("*").count()).toBeLessThan(1_500);
  }
  await expect(rows.last()).toHaveAttribute("aria-posinset", "200");

  // Tab leads on to rows that were not in the page, and what it is at stays, however far one scrolls.
  await scrollTo(list, 0);
  const row = (position: number) => list.locator(`[aria-posinset="${position}"]`);
  await expect(row(1)).toBeVisible();
  await expect(row(30)).toBeAttached();
  await expect(row(40)).toHaveCount(0);
  await row(30).getByRole("link").focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press("Tab");
  await expect(row(40).getByRole("link")).toBeFocused();
  await expect(row(40)).toBeInViewport();
  await scrollTo(list, 5_500);
  await expect(link(page, "Conversation 158")).toBeInViewport();
  await expect(row(40).getByRole("link")).toBeFocused();
});

test("a long list stays where it is when a conversation comes in at its top", async ({
  page,
  person,
}) => {
  await startLong(page, person);
  const list = sidebar(page);
  const top = (title: string) =>
    link(page, title).evaluate((element) => element.getBoundingClientRect().top);
  await scrollTo(list, 4_000);
  await expect(link(page, "Conversation 115")).toBeInViewport();
  const before = await top("Conversation 115");
  // As another device does.
  await copyConversation(page, 1);
  await expect(list.getByRole("listitem").first()).toHaveAttribute("aria-setsize", "201");
  await expect.poll(() => top("Conversation 115")).toBe(before);
  await scrollTo(list, 0);
  await expect(link(page, "Conversation 1").first()).toBeInViewport();
  await expect(link(page, "Conversation 1").nth(1)).toBeInViewport();
});

test("several are chosen by keys and deleted", async ({ page, person }) => {
  await startMany(page, person, 12);
  const rows = sidebar(page).getByRole("listitem");
  await startSelecting(page, "Conversation 2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(page.getByText("2 chosen")).toBeVisible();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("4 chosen")).toBeVisible();
  await expect(box(page, "Conversation 6")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(bar(page).getByRole("button", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("4 conversations deleted.")).toBeVisible();
  await expect(rows).toHaveCount(9);
  await expect(bar(page)).toHaveCount(0);
  await expect(link(page, "Conversation 1")).toBeFocused();
  await page.reload();
  await expect(rows).toHaveCount(9);
});

test("a deletion of several is undone, with the open one among them", async ({ page, person }) => {
  await startMany(page, person, 5);
  const rows = sidebar(page).getByRole("listitem");
  const titles = await rows.allTextContents();
  const url = page.url();
  await startSelecting(page, "A title");
  await page.keyboard.press("Control+a");
  await expect(page.getByText("6 chosen")).toBeVisible();
  await bar(page).getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/");
  await expect(sidebar(page).getByText("Nothing here yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(url);
  await expect(rows).toHaveText(titles);
  await page.reload();
  await expect(rows).toHaveText(titles);
});

test("a range is chosen by hand and moved to a folder; Escape ends choosing", async ({
  page,
  person,
}) => {
  await startMany(page, person, 6);
  const chat = page.url();
  await makeFolder(page);
  await page.goto(chat);
  await link(page, "Conversation 2").hover();
  await sidebar(page).getByRole("button", { name: "More about Conversation 2" }).click();
  await page.getByRole("menuitem", { name: "Select" }).click();
  await box(page, "Conversation 4").click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 chosen")).toBeVisible();
  await box(page, "Conversation 3").uncheck();
  await bar(page).getByRole("button", { name: "Move to folder…" }).click();
  const dialog = page.getByRole("dialog", { name: "Move to folder" });
  await dialog.getByRole("radio", { name: "A folder" }).check();
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(bar(page)).toHaveCount(0);
  const moved = sidebar(page).getByRole("link", { name: "in folder A folder" });
  await expect(moved).toHaveCount(2);
  await page.reload();
  await expect(moved).toHaveCount(2);

  await startSelecting(page, "Conversation 5");
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(link(page, "Conversation 5")).toBeFocused();
});

test("choosing several fits a narrow screen, and anybody can do it", async ({ page, person }) => {
  await startMany(page, person, 3);
  await startSelecting(page, "Conversation 1");
  for (const theme of ["light", "dark"] as Theme[]) {
    await setTheme(page, theme);
    expect(await violations(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await page.getByRole("button", { name: "Open sidebar" }).click();
  await expect(box(page, "Conversation 1")).toBeChecked();
  await expectToFit(page);
  expect(await targetsBelow(page, 24)).toEqual([]);
});

test("an answer that is written elsewhere moves nothing here", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, "Here is where I read");
  await answered(page);
  await writeMessages(
    page,
    Array.from({ length: 40 }, (_, index) => `Message ${index}. ${"And so on. ".repeat(30)}`),
  );
  const here = page.url();
  await page.getByRole("link", { name: "New chat" }).click();
  await ask(page, `Write elsewhere. ${writing.until}`);
  await page.goBack();
  await expect(page).toHaveURL(here);
  const thread = page.getByRole("region", { name: "Conversation", exact: true });
  await expect(thread.getByText("Message 39.")).toBeInViewport();
  await thread.hover();
  await page.mouse.wheel(0, -3_000);
  await expect(page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
  await atRest(thread);
  await thread.evaluate((element) => {
    const counted = Object.assign(window, { changes: 0 });
    new MutationObserver((changes) => (counted.changes += changes.length)).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const place = await thread.evaluate((element) => element.scrollTop);
  await writing.end();
  await expect(sidebar(page).getByText("New answer")).toBeAttached();
  expect(await thread.evaluate((element) => element.scrollTop)).toBe(place);
  expect(await page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0);
});
