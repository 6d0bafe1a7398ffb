/** How a page is watched while it works, and where what was found is written. */
import { appendFileSync } from "node:fs";

import { expect, type CDPSession, type Locator, type Page } from "@playwright/test";

import { required } from "./environment";

/** Writes one value of a figure; bench/web.py takes the median of those with one name. */
export function note(figure: string, value: number): void {
  appendFileSync(required("MEASURED"), `${JSON.stringify({ figure, value })}\n`);
}

interface Watch {
  frames: number[];
  longest: number;
}

declare global {
  interface Window {
    watch?: Watch;
    shownAt?: number | undefined;
  }
}

/** Frames at 60 Hz that were not drawn, of those that could have been. */
function dropped(frames: readonly number[]): number {
  const gaps = frames.slice(1).map((at, index) => Math.round((at - (frames[index] ?? at)) * 0.06));
  const possible = gaps.reduce((sum, gap) => sum + Math.max(gap, 1), 0);
  return possible === 0 ? 0 : 1 - gaps.length / possible;
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

/**
 * Of the page's main thread while `act` goes on, 0 to 1, in the thread's own time: what it waits for other
 * processes of this machine is not the page's. Nothing else looks at the page meanwhile.
 */
export async function busyDuring(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const [began, before] = [performance.now(), await taskSeconds(session)];
  await act();
  const seconds = (performance.now() - began) / 1000;
  const busy = ((await taskSeconds(session)) - before) / seconds;
  await session.detach();
  return busy;
}

export interface Drawn {
  /** Of the frames, 0 to 1. */
  dropped: number;
  longestTaskMs: number;
}

/** How the page is drawn while `act` goes on. To count its frames makes it draw all of them. */
export async function drawnDuring(page: Page, act: () => Promise<void>): Promise<Drawn> {
  await page.evaluate(() => {
    const watch: Watch = { frames: [], longest: 0 };
    window.watch = watch;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        watch.longest = Math.max(watch.longest, duration);
    }).observe({ type: "longtask" });
    const draw = (at: number) => {
      if (window.watch !== watch) return;
      watch.frames.push(at);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  });
  await act();
  const watch = await page.evaluate(() => {
    const ended = window.watch;
    delete window.watch;
    return ended;
  });
  return { dropped: dropped(watch?.frames ?? []), longestTaskMs: watch?.longest ?? 0 };
}

/**
 * Waits for a text in the last message by a look every half second. An assertion looks far more often and
 * describes the whole page each time: that took a third of what was measured.
 */
export async function writtenInLast(page: Page, text: string): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((done) => {
        const timer = setInterval(() => {
          const last = [...document.querySelectorAll("article")].at(-1);
          if (!last?.textContent?.includes(wanted)) return;
          clearInterval(timer);
          done();
        }, 500);
      }),
    text,
  );
}

/** Writes 40,000 characters at the pace of `#stream` into the page's `#text`, one piece after the other. */
export async function writtenPlainly(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const [scroller, text] = ["scroller", "text"].map((id) => document.getElementById(id));
        if (!scroller || !text) throw new Error("There is no place for the text.");
        const piece = "A colony of honey bees grows from winter";
        let written = "";
        const timer = setInterval(() => {
          written += written.length % 600 === 0 ? `\n\n${piece.slice(2)}` : piece;
          text.textContent = written;
          scroller.scrollTop = scroller.scrollHeight;
          if (written.length < 40_000) return;
          clearInterval(timer);
          done();
        }, 30);
      }),
  );
}

/** Makes the processor so many times slower for this page. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/**
 * From now on, and in pages opened later, `shownAt` tells when this text was first drawn in a message,
 * in milliseconds since the page began to load.
 */
export async function watchFor(page: Page, text: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const look = () => {
      const found = [...document.querySelectorAll("article")].some((message) =>
        message.textContent?.includes(wanted),
      );
      if (found)
        requestAnimationFrame(() => setTimeout(() => (window.shownAt = performance.now())));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, text);
}

/** As `watchFor`, of the end of a conversation that is longer than the screen: what one sees first of it. */
export async function watchForEnd(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const look = () => {
      const scroller = document.querySelector('[role="region"]');
      const last = scroller && [...scroller.querySelectorAll("article")].at(-1);
      const { top = 0, bottom = 0 } = last?.getBoundingClientRect() ?? {};
      const edge = scroller?.getBoundingClientRect().bottom ?? 0;
      const { scrollHeight = 0, clientHeight = 0, scrollTop = 0 } = scroller ?? {};
      const isAtEnd = scrollHeight > clientHeight && scrollHeight - clientHeight - scrollTop < 2;
      // What has not been measured yet is in its place, and hidden.
      const isVisible = last?.checkVisibility({ visibilityProperty: true }) ?? false;
      if (isAtEnd && isVisible && top < edge && bottom > edge - 60)
        requestAnimationFrame(() => setTimeout(() => (window.shownAt = performance.now())));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** How many milliseconds after a click the first frame is drawn in which there is what it opens. */
export function openedAfter(button: Locator, opened: string): Promise<number> {
  return button.evaluate(async (element, selector) => {
    const began = performance.now();
    (element as HTMLElement).click();
    while (document.querySelector(selector)?.checkVisibility() !== true)
      await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, opened);
}

/** When what is watched for was drawn. */
export async function shownAt(page: Page): Promise<number> {
  let found: number | undefined;
  await expect
    .poll(async () => (found = await page.evaluate(() => window.shownAt)))
    .not.toBeUndefined();
  return found ?? 0;
}
