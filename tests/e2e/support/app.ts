/** The product as a person uses it. */
import { expect, test as base, type Locator, type Page } from "@playwright/test";

import { keptOf } from "./accounts";
import { Contexts, withoutServiceWorkers } from "./contexts";
import { required } from "./environment";
import { watch, type Watched } from "./watched";

export interface Person {
  name: string;
  email: string;
}

/**
 * Of a test that changes what all share (the workspace's rules, a provider's health) or counts it, or
 * asks the model of this machine, which answers one at a time: no other one runs meanwhile.
 */
export const alone = { tag: "@alone" };

/**
 * What the browser and Firestore say of a network that is not there. What colours code is not kept for
 * then, and may just be on its way.
 */
export const withoutNetwork = [
  /ERR_INTERNET_DISCONNECTED/,
  /ERR_FAILED .*\/highlighter-/,
  /cleardot\.gif/,
  /@firebase\/firestore/,
];

interface Options {
  /**
   * Whether the browser has service workers. Without: the app would be fetched whole by each test.
   * `once`: it stays installed from one test to the next. `anew`: it was never there before.
   */
  installs: false | "once" | "anew";
}

/** Answers that are written until the test ends them, by a name that no other run has. */
interface Writing {
  name: string;
  /** What a question to be answered so has in it. */
  until: string;
  end(): Promise<void>;
}

interface Fixtures {
  person: Person;
  writing: Writing;
  watched: Watched;
  /** A page of another browser: another device, or somebody else's. */
  elsewhere: Page;
}

export const test = base.extend<Options & Fixtures, { contexts: Contexts }>({
  installs: [false, { option: true }],
  contexts: [
    async ({ browser }, provide) => {
      const contexts = new Contexts(browser);
      await provide(contexts);
      await contexts.close();
    },
    { scope: "worker" },
  ],
  context: async ({ browser, context, contexts, installs }, provide) => {
    switch (installs) {
      case false:
        await withoutServiceWorkers(context);
        await provide(context);
        // What is used again is not brought back by itself.
        await context.setOffline(false);
        return;
      case "once":
        return contexts.lend("installed", provide);
      case "anew": {
        const own = await browser.newContext();
        await provide(own);
        await own.close();
      }
    }
  },
  person: async ({ browserName: _browserName }, provide, { testId }) => {
    await provide(newPerson(testId));
  },
  writing: async ({ browserName: _browserName }, provide) => {
    const name = `test${crypto.randomUUID().slice(0, 8)}`;
    await provide({
      name,
      until: `#until ${name}`,
      async end() {
        await fetch(`${required("COLONYCRAFT_PROVIDER")}/release/${name}`);
      },
    });
  },
  watched: [
    async ({ context }, provide) => {
      const watched: Watched = { problems: [], expected: [] };
      const end = watch(context, watched);
      await provide(watched);
      end();
      const { problems } = watched;
      expect(problems, `The browser told: ${problems.join("; ")}`).toEqual([]);
    },
    { auto: true },
  ],
  elsewhere: async ({ contexts, watched }, provide) => {
    await contexts.lend("elsewhere", async (context) => {
      const end = watch(context, watched);
      await provide(await context.newPage());
      end();
    });
  },
});

export { expect };

/** Somebody whom no other test knows; `of` says in the logs whose. */
export function newPerson(of: string): Person {
  return { name: "Ada Lovelace", email: `ada-${of}-${crypto.randomUUID()}@example.com` };
}

export async function chooseAccount(
  page: Page,
  person: Person,
  provider: "Google" | "GitHub" = "Google",
): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
  const chooser = page.getByRole("dialog", { name: `Choose a ${provider} account` });
  await chooser.getByLabel("Name").fill(person.name);
  await chooser.getByLabel("E-mail").fill(person.email);
  await chooser.getByRole("button", { name: "Continue" }).click();
}

/**
 * Comes back as somebody who has signed in before, which is quicker: sign-in.spec.ts does it as a
 * person does. `model` is what they chose last.
 */
export async function signIn(
  page: Page,
  person: Person,
  at = "/",
  model: string | null = null,
): Promise<void> {
  const kept = await keptOf(person);
  if (model !== null) kept["colonycraft.model"] = model;
  const before = await page.addInitScript((items) => {
    for (const [key, value] of Object.entries(items)) localStorage.setItem(key, value);
  }, kept);
  await page.goto(at);
  await before.dispose();
  await expect(
    accountButton(page).or(page.getByRole("button", { name: "Open sidebar" })),
  ).toBeVisible();
}

export function accountButton(page: Page): Locator {
  return page.getByRole("button", { name: "Account of" });
}

export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: "Message" });
}

/** The model of this suite's own provider. */
export const testModel = "openai/test-model";

/** A button until it has been used, a combobox from then on. */
export function modelPicker(page: Page): Locator {
  const name = /^Model:/;
  return page.getByRole("button", { name }).or(page.getByRole("combobox", { name }));
}

export function answers(page: Page): Locator {
  return page.getByRole("article", { name: "Answer" });
}

export function sidebar(page: Page): Locator {
  return page.getByRole("navigation", { name: "Conversations" });
}

/** Shows all of so many conversations in the list. */
export async function showAllConversations(page: Page, count: number): Promise<void> {
  const rows = sidebar(page).getByRole("listitem");
  for (let shown = 40; shown < count; shown *= 2) {
    await sidebar(page).getByRole("button", { name: "Show older" }).click();
    const next = Math.min(shown * 2, count);
    if (next <= 100) await expect(rows).toHaveCount(next);
    else await expect(rows.first()).toHaveAttribute("aria-setsize", String(next));
  }
}

export async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article", { name: "Question" }).last()).toContainText(
    question.slice(0, 40),
  );
}

/**
 * Signs in, as somebody who chose the model of this suite's own provider, or another one, before; who
 * is there already (`kept.ts`) goes to a new chat. What hears keys is there then: it comes after the
 * first paint, before anything is called.
 */
export async function openNewChat(page: Page, person: Person, model = testModel): Promise<void> {
  const newChat = page.getByRole("link", { name: "New chat", exact: true }).first();
  if ((await newChat.isVisible()) && model === testModel) {
    await newChat.click();
    await expect(page).toHaveURL(/\/$/);
    return expect(composer(page)).toBeFocused();
  }
  const listed = page.waitForResponse(/models\.list$/);
  await signIn(page, person, "/", model);
  await listed;
}

/** The same, and asks there. */
export async function startChat(page: Page, person: Person, question: string): Promise<void> {
  await openNewChat(page, person);
  await ask(page, question);
}

/** The same page in another tab of the same browser. */
export async function anotherTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  return tab;
}

export function questions(page: Page): Locator {
  return page.getByRole("article", { name: "Question" });
}

export function waiting(page: Page): Locator {
  return page.getByRole("region", { name: "Waiting questions" }).getByRole("listitem");
}

/** One of the columns of a comparison, by its model. */
export function column(page: Page, model: string): Locator {
  return page.getByRole("article", { name: `Answer of ${model}`, exact: true });
}

/** Asks the chosen model and these others at once. */
export async function compareWith(page: Page, models: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Compare with other models" }).click();
  const search = page.getByRole("combobox", { name: "Search models to compare with" });
  for (const model of models) {
    await search.fill(model);
    await page.getByRole("option").filter({ hasText: model }).first().click();
  }
  await page.keyboard.press("Escape");
  await expect(search).toBeHidden();
}

/** The conversation that is open, in the list. */
export function currentRow(page: Page): Locator {
  const current = page.locator('[aria-current="page"]');
  return sidebar(page).getByRole("listitem").filter({ has: current });
}

/** Opens what a menu offers for the conversation that is open, with this title; gives its dialog. */
export async function openMemory(page: Page, title = "A title"): Promise<Locator> {
  const row = currentRow(page);
  await row.getByRole("link", { name: title }).hover();
  await row.getByRole("button", { name: `More about ${title}` }).click();
  await page.getByRole("menuitem", { name: "Instructions and memory…" }).click();
  const dialog = page.getByRole("dialog", { name: "Instructions and memory" });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Makes a folder called “A folder” from the page that is open, and gives its address. */
export async function makeFolder(page: Page): Promise<string> {
  const openSidebar = page.getByRole("button", { name: "Open sidebar" });
  if (await openSidebar.isVisible()) await openSidebar.click();
  await page.getByRole("button", { name: "New folder" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("A folder");
  // It is shown before it is stored.
  const made = page.waitForResponse(/folders\.create$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "A folder" })).toBeVisible();
  await made;
  return new URL(page.url()).pathname;
}

/** The answer is over when its receipt is there. */
export async function answered(page: Page, timeout = 100_000): Promise<void> {
  await expect(answers(page).last().getByText("Receipt:")).toBeVisible({ timeout });
}

/** It is stored as well: nothing is added to it any more that could move what is clicked next. */
export async function stored(page: Page): Promise<void> {
  await answered(page);
  const more = answers(page).last().getByRole("button", { name: "More about this answer" });
  await expect(more).toBeAttached();
}

/** Chooses, in a chat, the model behind which this suite's own provider answers, or another one of its. */
export async function chooseTestModel(page: Page, name = "openai"): Promise<void> {
  // The page before a chat may have a picker as well.
  await expect(composer(page)).toBeVisible();
  await modelPicker(page).click();
  await page.getByRole("combobox", { name: "Search models" }).fill(name);
  await page.getByRole("group", { name: "OpenAI" }).getByRole("option").first().click();
  await expect(page.getByRole("combobox", { name: "Search models" })).toBeHidden();
}

/** Waits until the app has been put into the browser. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
}
