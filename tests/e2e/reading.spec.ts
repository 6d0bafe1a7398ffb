/** They look something up in a long conversation, and give somebody the address of what they found. */
import type { Page } from "@playwright/test";

import { answered, answers, composer, expect, questions, startChat, stored } from "./support/app";
import { test } from "./support/kept";
import { messageId, writeMessages } from "./support/firestore";

declare global {
  interface Window {
    /** The texts of the messages that came into the page. */
    drawn?: string[];
  }
}

test("finds in all messages, goes to them, and a link leads there again", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Where do zebras live?");
  await stored(page);
  const yesterday = new Date(Date.now() - 86_400_000);
  const texts = Array.from({ length: 120 }, (_none, index) =>
    index === 5 ? "A **zeb**ra, once more." : `Line ${index}.\n\nAnother one.\n\nAnd a last one.`,
  );
  await writeMessages(page, texts, yesterday);
  // The messages are there with the first frame; what hears keys is there before anything is called.
  const called = page.waitForResponse(/models\.list$/);
  await page.reload();
  await expect(questions(page).last()).toContainText("Line 118.");
  await called;
  await composer(page).focus();
  await expect(questions(page).filter({ hasText: "zebra" })).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+f");
  const bar = page.getByRole("search", { name: "Find in the conversation" });
  const field = bar.getByRole("textbox");
  await expect(field).toBeFocused();
  await field.fill("zebra");
  await expect(bar.getByRole("status")).toHaveText("Nothing found");
  await bar.getByRole("button", { name: /Only the last 60 messages are searched/ }).click();
  await expect(bar.getByRole("status")).toHaveText("2 found");
  await expect(bar.getByRole("button", { name: /are searched/ })).toHaveCount(0);

  await field.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("1 of 2");
  await expect(questions(page).filter({ hasText: "zebras" })).toBeInViewport();
  await expect(page.getByText("Yesterday").first()).toBeAttached();
  await field.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("2 of 2");
  const found = answers(page).filter({ hasText: "zebra" });
  await expect(found).toBeInViewport();
  const marked = () =>
    page.evaluate(() =>
      [...(CSS.highlights.get("found-now") ?? [])].map((range) => (range as Range).toString()),
    );
  expect(await marked()).toEqual(["zebra"]);
  await field.press("Escape");
  await expect(bar).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  expect(await marked()).toEqual([]);

  await page.goto(`${page.url()}?m=${messageId(21)}`);
  const article = answers(page).filter({ hasText: "Line 19." });
  await expect(article).toBeInViewport();
  await expect(article).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(questions(page).filter({ hasText: "Line 20." })).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(article).toBeFocused();

  await page.goto(page.url().replace(messageId(21), "nowhere"));
  await expect(page.getByText("The message of this link is not here.")).toBeVisible();
});

test("asks from the keyboard about what was said", async ({ page, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await startChat(page, person, "First");
  await answered(page);
  await composer(page).fill("Second");
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveCount(2);
  await answered(page);
  await expect(
    questions(page).last().getByRole("button", { name: "Edit question" }),
  ).toBeAttached();

  await composer(page).press("ArrowUp");
  const editor = page.getByRole("textbox", { name: "Question" });
  await expect(editor).toHaveValue("Second");
  await expect(editor).toBeFocused();
  await editor.press("ArrowUp");
  await expect(editor).toHaveValue("First");
  await editor.press("Escape");
  await expect(editor).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+Shift+x");
  await expect(page.getByText("The last answer was copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("A short answer.");

  await answers(page).first().getByText("A short answer.").selectText();
  await page.keyboard.press("ControlOrMeta+'");
  await expect(composer(page)).toHaveValue("> A short answer.\n\n");
  await expect(composer(page)).toBeFocused();
});

test("what is there can be clicked while an answer is written and followed", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Write much. #stream clicked");
  // While it follows, which is when a list of this kind takes the pointer away.
  const taken = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const seen: string[] = [];
        const look = () => {
          const last = [...document.querySelectorAll("article")].at(-1);
          if (last) seen.push(getComputedStyle(last).pointerEvents);
          if (seen.length === 5) done(seen);
        };
        document.addEventListener("scroll", () => requestAnimationFrame(look), { capture: true });
      }),
  );
  expect(taken).toEqual(["auto", "auto", "auto", "auto", "auto"]);
  await page.getByRole("button", { name: "Stop" }).click();
  await answered(page);
});

/** Notes what each message has in it when it comes into the page. */
async function recordDrawn(page: Page): Promise<void> {
  await page.evaluate(() => {
    const drawn: string[] = [];
    window.drawn = drawn;
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        const article = node instanceof Element && node.querySelector("article");
        if (article) drawn.push(article.textContent);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}

async function drawnSince(page: Page): Promise<string[]> {
  return page.evaluate(() => window.drawn ?? []);
}

test("an answer that grows by more than a screen at once stays in the page", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, "What is to be seen?");
  await answered(page);
  await recordDrawn(page);
  await composer(page).fill(`Count. ${writing.until} after 900`);
  await composer(page).press("Enter");
  await expect(answers(page).last()).toContainText("word910 ");
  expect((await drawnSince(page)).filter((text) => text.includes("word900 "))).toEqual([]);
  await writing.end();
  await answered(page);
});

test("what is above an answer that is followed is not drawn again in its pauses", async ({
  page,
  person,
}) => {
  await startChat(page, person, "What is to be seen? #sample");
  await answered(page);
  await recordDrawn(page);
  await composer(page).fill("And then? #paragraphs 80");
  await composer(page).press("Enter");
  // Far enough that what is above has been out of sight for many steps.
  await expect(answers(page).last()).toContainText("Paragraph 40.");
  const above = "Growth of a colony";
  await expect(page.getByRole("region", { name: "Conversation" })).not.toContainText(above);
  expect((await drawnSince(page)).filter((text) => text.includes(above))).toEqual([]);
  await page.getByRole("button", { name: "Stop" }).click();
  await answered(page);
});
