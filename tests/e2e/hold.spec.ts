/** They read an answer from its beginning, while it is written. */
import type { Locator, Page } from "@playwright/test";

import {
  accountButton,
  answered,
  answers,
  ask,
  composer,
  expect,
  openNewChat,
  type Person,
  questions,
} from "./support/app";
import { test } from "./support/kept";

function thread(page: Page): Locator {
  return page.getByRole("region", { name: "Conversation" });
}

/** How far the last question is from the top of the thread, once a frame is drawn. */
async function fromTop(page: Page): Promise<number> {
  return thread(page).evaluate(async (element) => {
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    const asked = element.querySelector("[data-last-question]");
    if (!asked) return Number.NaN;
    return Math.round(asked.getBoundingClientRect().top - element.getBoundingClientRect().top);
  });
}

async function scrolled(page: Page): Promise<number> {
  return thread(page).evaluate(({ scrollTop }) => scrollTop);
}

async function grows(page: Page): Promise<void> {
  const before = await answers(page).last().innerText();
  await expect(answers(page).last()).not.toHaveText(before, { useInnerText: true });
}

/** The heights that last questions, of one line each, have from now on. */
async function heightsOfLast(page: Page): Promise<() => Promise<number[]>> {
  const heights = await thread(page).evaluateHandle((element) => {
    const seen = new Set<number>();
    const look = () => {
      const asked = element.querySelector<HTMLElement>("[data-last-question]");
      if (asked) seen.add(asked.offsetHeight);
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  return () => heights.evaluate((seen) => [...seen]);
}

async function holdQuestions(page: Page, person: Person): Promise<void> {
  await openNewChat(page, person);
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Hold the question" }).check();
}

test("the question is held at the top while its answer grows, until one reads elsewhere", async ({
  page,
  person,
  writing,
}) => {
  await holdQuestions(page, person);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Hold the question" })).toBeChecked();
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(composer(page)).toBeFocused();
  await ask(page, "Show everything. #sample");
  await answered(page);

  await ask(page, `Count. ${writing.until}`);
  await expect(answers(page).last()).toContainText("word3 ");
  await expect.poll(() => fromTop(page)).toBe(0);
  const place = await scrolled(page);
  await grows(page);
  expect([await fromTop(page), await scrolled(page)]).toEqual([0, place]);

  await thread(page).hover();
  await page.mouse.wheel(0, -200);
  await expect.poll(() => fromTop(page)).toBe(200);
  await grows(page);
  expect(await fromTop(page)).toBe(200);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => fromTop(page)).toBe(0);
  await writing.end();
  await expect(answers(page).last()).toContainText("lastword");
  await answered(page);
  expect(await fromTop(page)).toBe(0);
});

test("an answer that is longer than the screen is read at one's own pace, and followed if asked for", async ({
  page,
  person,
  writing,
}) => {
  await holdQuestions(page, person);
  await page.getByRole("link", { name: "New chat" }).click();
  await expect(composer(page)).toBeFocused();
  await ask(page, "Before");
  await answered(page);
  await composer(page).fill(`Count. ${writing.until} after 700`);
  const heights = await heightsOfLast(page);
  await page.keyboard.press("Enter");
  await expect(answers(page).last()).toContainText("word700 ");
  expect(await fromTop(page)).toBe(0);
  await expect(questions(page).last()).toBeInViewport();

  await thread(page).hover();
  await page.mouse.wheel(0, 150);
  await expect.poll(() => fromTop(page)).toBe(-150);
  await grows(page);
  expect(await fromTop(page)).toBe(-150);

  await page.getByRole("button", { name: "Jump to latest" }).click();
  const distance = () =>
    thread(page).evaluate(
      ({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop,
    );
  await expect.poll(distance).toBeLessThan(2);
  await grows(page);
  await expect.poll(distance).toBeLessThan(2);
  await writing.end();
  await answered(page);
  expect(await heights()).toHaveLength(1);
});
