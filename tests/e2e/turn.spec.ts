import type { Locator, Page } from "@playwright/test";

import {
  alone,
  anotherTab,
  answered,
  answers,
  ask,
  composer,
  expect,
  modelPicker,
  openNewChat,
  sidebar,
  signIn,
  startChat,
  waiting,
} from "./support/app";
import { test } from "./support/kept";

/** Notes each length that the last answer has had on the screen. */
async function recordGrowth(page: Page): Promise<void> {
  await page.evaluate(() => {
    const lengths: number[] = [];
    Object.assign(globalThis, { answerLengths: lengths });
    new MutationObserver(() => {
      const texts = document.querySelectorAll('article[aria-label="Answer"] .markdown');
      const length = texts[texts.length - 1]?.textContent.length ?? 0;
      if (length > 0 && lengths.at(-1) !== length) lengths.push(length);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

async function growth(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { answerLengths: number[] }).answerLengths);
}

test(
  "asks a real model, watches it answer, and finds it again",
  { tag: ["@model", alone.tag] },
  async ({ page, person }) => {
    // A small model on two cores that others may be using as well.
    test.setTimeout(120_000);
    await signIn(page, person);
    await expect(modelPicker(page)).not.toContainText("Loading");
    await recordGrowth(page);
    await ask(page, "Tell me a story about bees in five sentences.");
    await expect(page).toHaveURL(/\/c\/[0-9a-f-]{36}$/);
    await expect(sidebar(page).getByRole("link")).toHaveCount(1);
    await answered(page);

    const lengths = await growth(page);
    // How much it writes is the model's choice; a part of it was there before all of it.
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    await expect(answers(page)).toContainText(/[1-9][\d,]* tokens/);
    await expect(answers(page)).toContainText(/first token [\d.]+ m?s · total [\d.]+ m?s/);
    await expect(composer(page)).toBeFocused();

    const text = await answers(page).locator(".markdown").innerText();
    await page.reload();
    await expect(answers(page).locator(".markdown")).toHaveText(text, { useInnerText: true });
    await expect(sidebar(page).getByRole("link")).toHaveCount(1);

    const second = await anotherTab(page);
    await expect(answers(second).locator(".markdown")).toHaveText(text, { useInnerText: true });
  },
);

test("a second tab and a reload follow an answer that is being written", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, `Count. ${writing.until}`);
  await expect(answers(page)).toContainText("word3 ");

  const second = await anotherTab(page);
  await expect(answers(second)).toContainText("word3 ");
  await expect(sidebar(second).getByText("Answer is being written")).toBeAttached();
  await composer(second).fill("One more thing");
  await composer(second).press("Enter");
  await expect(waiting(page)).toContainText("One more thing");

  await page.reload();
  await expect(answers(page)).toContainText("word3 ");
  const read = await answers(page).locator(".markdown").innerText();
  await expect(answers(page).locator(".markdown")).not.toHaveText(read, { useInnerText: true });
  await writing.end();
  for (const tab of [page, second]) {
    await expect(answers(tab).first()).toContainText("lastword");
    await expect(answers(tab)).toHaveCount(2);
    await answered(tab);
  }
});

test("says how long a model thinks, and then how long it thought", async ({
  page,
  person,
  writing,
}) => {
  await startChat(page, person, `Why? #think ${writing.name}`);
  await expect(answers(page)).toContainText(/Reasoning … \d+ s/);
  await writing.end();
  await expect(answers(page)).toContainText("So it is.");
  await answered(page);
  const told = await answers(page)
    .getByText(/^Thought for \d+ s$/)
    .innerText();
  await answers(page).getByText(told).click();
  await expect(answers(page)).toContainText("word1 word2 ");
  await page.reload();
  await expect(answers(page)).toContainText(told);
});

/** A word of an answer that one sees, in the middle of the thread. */
async function wordInSight(thread: Locator): Promise<string> {
  return thread.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const caret = document.caretPositionFromPoint(left + width / 2, top + height / 2);
    return /word\d+ /.exec(caret?.offsetNode.textContent?.slice(caret.offset) ?? "")?.[0] ?? "";
  });
}

/** Where a word of the only answer is on the screen, once it has been drawn there for some frames: the
 * wheel's scrolling goes on for as long. */
async function placeOf(thread: Locator, word: string): Promise<number> {
  return thread.evaluate((element, wanted) => {
    const place = () => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        const start = text.textContent?.indexOf(wanted) ?? -1;
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(text, start);
        range.setEnd(text, start + 1);
        return range.getBoundingClientRect().top;
      }
      return Number.NaN;
    };
    return new Promise<number>((resolve) => {
      let last = Number.NaN;
      let still = 0;
      requestAnimationFrame(function look() {
        const now = place();
        still = now === last ? still + 1 : 0;
        last = now;
        if (still > 10) resolve(now);
        else requestAnimationFrame(look);
      });
    });
  }, word);
}

test("a long answer stays at its end until one scrolls up", async ({ page, person, writing }) => {
  await openNewChat(page, person);
  // Not `ask`: so long an answer takes its question out of the page as soon as it is there.
  await composer(page).fill(`Count. ${writing.until} after 700`);
  await page.keyboard.press("Enter");
  const thread = page.getByRole("region", { name: "Conversation" });
  // As a person sees it: once the frame is drawn in which the answer grew.
  const distance = () =>
    thread.evaluate(async (element) => {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      return element.scrollHeight - element.clientHeight - element.scrollTop;
    });
  await expect(answers(page)).toContainText("word700 ");
  expect(await distance()).toBeLessThan(60);

  await thread.hover();
  await page.mouse.wheel(0, -300);
  await expect(page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
  const before = await answers(page).innerText();
  // Not `scrollTop`: that moves along when a question above, which comes into the page as one scrolls
  // up, is taller than it was when it left, so that what one reads stays where it is.
  const word = await wordInSight(thread);
  const place = await placeOf(thread, word);
  await expect(answers(page)).not.toHaveText(before, { useInnerText: true });
  await writing.end();
  await expect(answers(page)).toContainText("lastword");
  await answered(page);
  expect(await placeOf(thread, word)).toBeCloseTo(place, 0);

  await page.getByRole("button", { name: "Jump to latest" }).click();
  await expect.poll(distance).toBeLessThan(2);

  // What is opened down there comes into view.
  await answers(page).locator("summary").click();
  await expect(answers(page).getByText("Messages as context")).toBeInViewport();
});
