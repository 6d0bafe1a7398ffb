/** Each of these measures one thing and judges nothing: the goals are in bench/web.py. */
import {
  accountButton,
  answered,
  answers,
  chooseTestModel,
  composer,
  expect,
  installed,
  modelPicker,
  questions,
  showAllConversations,
  sidebar,
  signIn,
  startChat,
  stored,
  test,
} from "./support/app";
import { copyConversation, fillConversation } from "./support/firestore";
import { audit } from "./support/lighthouse";
import {
  busyDuring,
  drawnDuring,
  note,
  openedAfter,
  shownAt,
  slowDown,
  watchFor,
  watchForEnd,
  writtenInLast,
  writtenPlainly,
} from "./support/measuring";

const rounds = 3;

/** The least that a chat can do: the text as it comes, in one element, with its end in sight. */
const plainText = `<!doctype html>
  <div id="scroller" style="height: 90vh; overflow-y: auto">
    <div id="text" style="max-width: 46rem; margin: auto; font: 16px/1.6 sans-serif; white-space: pre-wrap"></div>
  </div>`;

/** Once its page is there, an app fetches what may be needed next; most people look first, then click. */
const restMs = 4_000;

test("Lighthouse, signed out", async () => {
  await audit("sign-in", async (page) => {
    await page.goto("/");
    await expect(page.getByRole("button", { name: "Continue with Google" })).toBeVisible();
    return page.url();
  });
});

test("Lighthouse, a new chat", async ({ person }) => {
  await audit("a new chat", async (page) => {
    await signIn(page, person);
    return page.url();
  });
});

test("Lighthouse, a chat", async ({ person }) => {
  await audit("a chat", async (page) => {
    await startChat(page, person, "What is to be seen? #sample");
    await stored(page);
    return page.url();
  });
});

for (const rate of [1, 4]) {
  test(`a long answer is written, ${rate}x`, async ({ page, person }) => {
    await signIn(page, person);
    await chooseTestModel(page);
    await slowDown(page, rate);
    const isWritten = async (name: string) => {
      await composer(page).fill(`Write much. #stream ${name}`);
      await page.keyboard.press("Enter");
      await writtenInLast(page, `end of ${name}`);
    };
    for (let round = 0; round < rounds; round += 1) {
      const busy = await busyDuring(page, () => isWritten(`${rate}-${round}-busy`));
      note(`40,000 characters, ${rate}x: of the main thread, %`, 100 * busy);
      await answered(page);
      const drawn = await drawnDuring(page, () => isWritten(`${rate}-${round}-drawn`));
      note(`40,000 characters, ${rate}x: frames dropped, %`, 100 * drawn.dropped);
      note(`40,000 characters, ${rate}x: longest task, ms`, drawn.longestTaskMs);
      await answered(page);
    }
  });
}

for (const rate of [1, 4]) {
  test(`plain text is written, ${rate}x`, async ({ page }) => {
    await slowDown(page, rate);
    for (let round = 0; round < rounds; round += 1) {
      await page.setContent(plainText);
      const busy = await busyDuring(page, () => writtenPlainly(page));
      note(`40,000 characters, ${rate}x: of the main thread, %, plain text`, 100 * busy);
    }
  });
}

test("a conversation of 500 messages is opened", async ({ page, person }) => {
  await startChat(page, person, "Question 0 #sample");
  await answered(page);
  await fillConversation(page, 250);
  await page.reload();
  await expect(questions(page).last()).toContainText("Question 249");
  await watchForEnd(page);
  for (let round = 0; round < 2 * rounds; round += 1) {
    const atRest = round % 2 === 1;
    await page.goto("/");
    const link = sidebar(page).getByRole("link", { name: "A title" });
    await expect(link).toBeVisible();
    if (atRest) await page.waitForTimeout(restMs);
    const clicked = link.evaluate(
      (element) =>
        new Promise<number>((done) => {
          element.addEventListener("click", () => done(performance.now()), { once: true });
        }),
    );
    await link.click();
    const figure = atRest ? "open after a click" : "open after a click while the app begins";
    note(`500 messages: ${figure}, ms`, (await shownAt(page)) - (await clicked));
    await expect(answers(page).last()).toBeVisible();
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    note("500 messages: nodes in the page", nodes);
  }
});

test("what a click opens, the first time", async ({ page, person }) => {
  await startChat(page, person, "One question");
  await answered(page);
  for (let round = 0; round < rounds; round += 1) {
    await page.reload();
    await expect(answers(page)).toBeVisible();
    await page.waitForTimeout(restMs);
    note(
      "Opened by its first click: a menu, ms",
      await openedAfter(accountButton(page), "[role=menu]"),
    );
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    note(
      "Opened by its first click: the models, ms",
      await openedAfter(modelPicker(page), "[role=listbox]"),
    );
  }
});

test("2,000 conversations are scrolled", async ({ page, person }) => {
  await startChat(page, person, "One of many");
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  await copyConversation(page, 1_999);
  await page.reload();
  const list = sidebar(page);
  const blank = { frames: 0 };
  await showAllConversations(page, 2_000);
  await list.hover();
  const drawn = await drawnDuring(page, async () => {
    for (let turn = 0; turn < 120; turn += 1) {
      await page.mouse.wheel(0, turn < 60 ? 1_000 : -1_000);
      await page.waitForTimeout(33);
      blank.frames += (await isBlank()) ? 1 : 0;
    }
  });
  note("2,000 conversations: blank frames", blank.frames);
  note("2,000 conversations: frames dropped while scrolling, %", 100 * drawn.dropped);
  note("2,000 conversations: nodes in the page", await page.locator("*").count());

  function isBlank(): Promise<boolean> {
    return list.evaluate((element) => {
      const { top, height } = element.getBoundingClientRect();
      const middle = top + height / 2;
      return ![...element.querySelectorAll("li")].some((row) => {
        const { top: begin, bottom } = row.getBoundingClientRect();
        return (
          begin <= middle && middle <= bottom && row.checkVisibility({ visibilityProperty: true })
        );
      });
    });
  }
});

test.describe("installed", () => {
  test.use({ installs: "anew" });

  test("the last conversation is there before the network", async ({
    page,
    person,
    context,
    watched,
  }) => {
    watched.expected.push(/./);
    await startChat(page, person, "What was last said?");
    await answered(page);
    await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
    await installed(page);
    await watchFor(page, "What was last said?");
    await context.setOffline(true);
    for (let round = 0; round < rounds; round += 1) {
      await page.reload();
      note("warm start without a network: last conversation shown, ms", await shownAt(page));
    }
  });
});
