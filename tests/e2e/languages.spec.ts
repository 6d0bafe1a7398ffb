/** They read the product in their own language, from whichever side it is written. */
import type { Page } from "@playwright/test";

import {
  alone,
  answered,
  ask,
  chooseAccount,
  composer,
  expect,
  installed,
  openNewChat,
  signIn,
  startChat,
  test,
} from "./support/app";
import { makeAdministrator } from "./support/accounts";
import { violations } from "./support/axe";
import { expectToFit } from "./support/layout";

// Every page of the product is opened in one test.
test.describe.configure({ timeout: 120_000 });

/** A language of local builds: the source texts with accents. */
const accented = "en-XA";

/** The file of a language, which is named by it. */
const catalogue = /\/assets\/[a-z]{2}(-[A-Za-z]+)?-[\w-]{8}\.js$/;

async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem("colonycraft.language", JSON.stringify(chosen));
  }, language);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/**
 * Names, addresses, models, operations, dates, which the pseudo-languages write as English does, what
 * is written alike everywhere, and what other tests left for administrators to see.
 */
const untranslated =
  /\S+@\S+|\S+\/\S+|\b[a-z]+\.[a-z]\w*|\bgroup:\w+|Grace|Hopper|ColonyCraft|GitHub|Google|OpenAI|Anthropic|Mistral|Firebase|Ada|Lovelace|[a-z]+\.(?:com|local)|test-model|openai|A title|CSV|JSON|UTC|Ctrl|Alt|Shift|Esc|Enter|English|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g;

/** What is read or said on the page and has a word that no language has had a chance at. */
async function untranslatedOn(page: Page): Promise<string[]> {
  // What is drawn before the page is there speaks as it was left.
  await expect(page.locator("#first-frame")).toHaveCount(0);
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const data =
      "[data-text], [data-entry] [dir=auto], [dir=auto], code, kbd, time, option, .katex";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement } = node;
      if (!parentElement?.checkVisibility() || parentElement.closest(data)) continue;
      if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(parentElement.tagName)) continue;
      found.push(node.textContent ?? "");
    }
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-tip"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!element.closest(data)) found.push(element.getAttribute(name) ?? "");
      }
    }
    return found;
  });
  return [...new Set(texts)].filter((text) =>
    /[A-Za-z]{3,}/.test(text.replaceAll(untranslated, "")),
  );
}

const pages = [
  "/usage",
  "/usage?of=everyone",
  "/usage/check",
  "/settings",
  "/settings/keys",
  "/organisation/keys",
  "/privacy",
  "/organisation/budgets",
  "/organisation/feedback",
  "/c/none",
  "/nowhere",
];

test("every text can be translated", async ({ page, person }) => {
  await makeAdministrator(person);
  await page.goto("/");
  await speak(page, accented);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect.soft(await untranslatedOn(page), "/sign-in").toEqual([]);
  await page.evaluate(() => localStorage.removeItem("colonycraft.language"));

  await openNewChat(page, person);
  await ask(page, "What is a colony? #sample");
  await answered(page);
  // Until it is there, the list has the question, in words of the person.
  await expect(page.locator("nav").getByRole("link", { name: "A title" })).toBeVisible();
  // The messages are there with the first frame; what hears keys is there before anything is called.
  const called = page.waitForResponse(/models\.list$/);
  await speak(page, accented);
  await called;
  await expect(page.locator("article")).toHaveCount(2);
  expect.soft(await untranslatedOn(page), "a conversation").toEqual([]);

  for (const keys of ["Control+k", "Control+/"]) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog")).toBeVisible();
    expect.soft(await untranslatedOn(page), keys).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  for (const path of pages) {
    await page.goto(path);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("[role=status][aria-label]")).toHaveCount(0);
    expect.soft(await untranslatedOn(page), path).toEqual([]);
  }
});

test(
  "why something failed or was refused is said in it",
  alone,
  async ({ page, person, watched }) => {
    watched.expected.push(/400 .*usage\.reconcile$/);
    await makeAdministrator(person);
    await startChat(page, person, "Please #status 401");
    const failure = page.getByRole("article", { name: "Answer" });
    await expect(failure).toContainText("The provider refused the key.");
    await speak(page, accented);
    const answer = page.getByRole("article").last();
    await expect(answer).toContainText("Ţĥé þŕöṽîðéŕ ŕéƒûšéð ţĥé ķéý.");
    await answer.locator("summary").last().click();
    const found = await untranslatedOn(page);
    // What was asked is the conversation's title, too.
    expect.soft(found.filter((text) => !text.includes("#status 401"))).toEqual([]);

    await page.goto("/usage/check");
    const report = "usage_date_utc,model,cost_usd\nyesterday,Claude Haiku 4.5,1\n";
    await page.locator("input[type=file]").setInputFiles({
      name: "bill.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(report),
    });
    await expect(page.getByText("Ļîñé 2: ţĥîš îš ñö ðåţé.")).toBeVisible();
  },
);

test("a language is chosen in the settings and stays, on this device and the next", async ({
  page,
  person,
  elsewhere,
}) => {
  await signIn(page, person, "/settings");
  const choice = () => page.getByRole("combobox").first();
  await choice().selectOption("ar");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("الإعدادات");
  await page.reload();
  await expect(html).toHaveAttribute("lang", "ar");
  await expect(html).toHaveAttribute("dir", "rtl");

  await page.setViewportSize({ width: 360, height: 740 });
  await expectToFit(page);
  expect(await violations(page)).toEqual([]);
  await page.goto("/");
  await expect(composer(page).or(page.getByRole("textbox"))).toBeVisible();
  await expectToFit(page);
  expect(await violations(page)).toEqual([]);

  // Signed in there, the page may be in Arabic before it was seen in English.
  await elsewhere.goto("/");
  await chooseAccount(elsewhere, person);
  await expect(elsewhere.locator("html")).toHaveAttribute("dir", "rtl");
});

test("what is in another language begins where the language of the page begins", async ({
  page,
  person,
}) => {
  await startChat(page, person, "What is a colony?");
  await answered(page);
  await speak(page, "ar");
  // Not that of the stored first frame, which may stand there a moment longer.
  const title = page.getByRole("link", { name: "A title" }).getByText("A title");
  await expect(title).toHaveCSS("direction", "ltr");
  await expect(title).toHaveCSS("text-align", "right");
  // So does what an empty field asks for, and what is typed goes by itself.
  const field = page.locator("form").getByRole("textbox");
  await expect(field).toHaveCSS("direction", "rtl");
  await field.fill("What is a hive?");
  await expect(field).toHaveCSS("direction", "ltr");
});

test.describe("in a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("the first page is in German already, and no other language is fetched", async ({
    page,
  }) => {
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Anmelden");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    expect(fetched.filter((address) => catalogue.test(address))).toHaveLength(1);
  });

  test.describe("once the app is installed", () => {
    test.use({ installs: "anew" });

    test("it speaks German without a network, and keeps no other language", async ({
      page,
      context,
      watched,
    }) => {
      watched.expected.push(/ERR_INTERNET_DISCONNECTED/);
      await page.goto("/sign-in");
      await installed(page);
      await context.setOffline(true);
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Anmelden");
      const kept = await page.evaluate(async () => {
        const names = (await caches.keys()).filter((name) => name.startsWith("shell-"));
        const requests = await Promise.all(
          names.map(async (name) => (await caches.open(name)).keys()),
        );
        return requests.flat().map(({ url }) => url);
      });
      expect(kept.filter((address) => catalogue.test(address))).toHaveLength(1);
    });
  });
});
