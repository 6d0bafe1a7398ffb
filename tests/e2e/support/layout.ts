import { expect, type Page } from "@playwright/test";

/** What opens and closes is as large as it is going to be; what goes on without end is not waited for. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What has just been put into the page begins to move with the frame after its first.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const moving = document
      .getAnimations()
      .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await new Promise(requestAnimationFrame);
  });
}

/** The page is no wider than its window, and no line of text is cut off that does not say so. */
export async function expectToFit(page: Page): Promise<void> {
  await untilStill(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  const cut = await page
    .locator("body *:not(svg, svg *, textarea, input)")
    .evaluateAll((elements) =>
      elements
        .filter((element) => {
          const { overflowX, overflowY, textOverflow, width } = getComputedStyle(element);
          const hides = [overflowX, overflowY].some((value) => ["hidden", "clip"].includes(value));
          const tells = textOverflow === "ellipsis" || element.closest(".line-clamp-2");
          if (!hides || tells || width === "1px" || !element.checkVisibility()) return false;
          return (
            element.scrollHeight > element.clientHeight + 1 ||
            element.scrollWidth > element.clientWidth + 1
          );
        })
        .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`),
    );
  expect(cut).toEqual([]);
}

/** Names of what can be pressed and is smaller; links in running text are exempt (WCAG 2.5.8). */
export async function targetsBelow(page: Page, least: number): Promise<string[]> {
  await untilStill(page);
  return page
    .locator(
      "button:visible, [role=menuitem]:visible, [role=option]:visible, nav a:visible, summary:visible, label:has(input):visible",
    )
    .evaluateAll(
      (elements, smallest) =>
        elements
          .filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            return Math.round(height) < smallest || Math.round(width) < smallest;
          })
          .map((element) => element.getAttribute("aria-label") ?? element.textContent),
      least,
    );
}

/**
 * What has the focus, if all of it is scrolled away or lies under something that stays in place. By
 * measure: what is being scrolled takes no pointer for a moment.
 */
async function hiddenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    let { left, top, right, bottom } = focused.getBoundingClientRect();
    const clip = (box: { left: number; top: number; right: number; bottom: number }) => {
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    };
    clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let around = focused.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflowY !== "visible") clip(around.getBoundingClientRect());
    }
    const inPlace = [...document.querySelectorAll("*")].filter(
      (element) => getComputedStyle(element).position === "sticky" && !element.contains(focused),
    );
    const isUnder = inPlace.some((element) => {
      const over = element.getBoundingClientRect();
      return over.left <= left && over.right >= right && over.top <= top && over.bottom >= bottom;
    });
    const isSeen = right > left && bottom > top && !isUnder;
    return isSeen ? null : (focused.getAttribute("aria-label") ?? focused.textContent);
  });
}

/** Walks with Tab through the page until the focus leaves it, `most` steps at most; gives their number. */
export async function expectFocusInSight(page: Page, most = 60): Promise<number> {
  const hidden: string[] = [];
  let steps = 0;
  for (; steps < most; steps += 1) {
    await page.keyboard.press("Tab");
    const name = await hiddenFocus(page);
    if (name !== null) hidden.push(name);
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  expect(hidden).toEqual([]);
  return steps;
}
