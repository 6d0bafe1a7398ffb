/** What is done without a network waits in the browser and is carried out once. */
import type { BrowserContext, Page } from "@playwright/test";

import {
  accountButton,
  anotherTab,
  answered,
  answers,
  composer,
  expect,
  installed,
  openNewChat,
  questions,
  sidebar,
  signIn,
  startChat,
  test,
  withoutNetwork,
  type Person,
} from "./support/app";

test.use({ installs: "once" });
test.beforeEach(({ watched }) => {
  watched.expected.push(...withoutNetwork);
});

const unsent = (page: Page) => questions(page).filter({ hasText: "Waits for the connection" });

/** Asked, answered and named, in an app that is installed; from then on there is no network. */
async function chatOffline(
  page: Page,
  person: Person,
  context: BrowserContext,
  question: string,
): Promise<void> {
  await startChat(page, person, question);
  await answered(page);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  await installed(page);
  await context.setOffline(true);
}

async function askOffline(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press("Enter");
  await expect(unsent(page).filter({ hasText: text })).toBeVisible();
}

/** Runs in the page: all that its origin keeps. */
async function listAll(): Promise<string> {
  // Google's and GitHub's own memory of who signs in, in a local build.
  const local = Object.entries(localStorage).filter(
    ([key]) => key !== "colonycraft.local-accounts",
  );
  const found: unknown[] = [local, Object.entries(sessionStorage)];
  const read = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error(found.join())));
    });
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      found.push(name, await read(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    found.push(requests.map(({ url }) => url));
  }
  return JSON.stringify(found);
}

test("questions wait, survive a reload, and are answered once, in order, with two tabs open", async ({
  page,
  person,
  context,
}) => {
  await chatOffline(page, person, context, "Before");
  await askOffline(page, "First");
  await askOffline(page, "Second");
  await askOffline(page, "Third");
  await expect(composer(page)).toHaveValue("");

  await page.reload();
  await expect(unsent(page)).toHaveCount(3);
  const tab = await anotherTab(page);
  await expect(unsent(tab)).toHaveCount(3);
  await unsent(page).filter({ hasText: "Third" }).getByRole("button", { name: "Delete" }).click();
  await expect(unsent(tab)).toHaveCount(2);

  await context.setOffline(false);
  await expect(answers(page)).toHaveCount(3);
  await answered(page);
  await expect(unsent(page)).toHaveCount(0);
  const asked = ["Before", "First", "Second"];
  await expect(questions(page)).toHaveText(asked.map((text) => new RegExp(text)));
  await expect(questions(tab)).toHaveText(asked.map((text) => new RegExp(text)));
  await page.reload();
  await expect(questions(page)).toHaveText(asked.map((text) => new RegExp(text)));
  await expect(answers(page)).toHaveCount(3);
});

/** Runs in a page: no other one can write into the outbox until this one is closed. */
async function holdStore(): Promise<void> {
  const opening = indexedDB.open("colonycraft.outbox");
  await new Promise((resolve) => opening.addEventListener("success", resolve));
  const store = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const goOn = () => store.count().addEventListener("success", goOn);
  goOn();
}

test("a question that the browser has not written yet is not said to wait, and is not lost", async ({
  page,
  person,
  context,
}) => {
  await chatOffline(page, person, context, "Before");
  const other = await anotherTab(page);
  await askOffline(page, "First");
  await expect(unsent(other)).toHaveCount(1);
  await other.evaluate(holdStore);
  await composer(page).fill("Second");
  await page.keyboard.press("Enter");
  const second = questions(page).filter({ hasText: "Second" });
  await expect(second).toContainText("Saving …");
  await expect(second.getByRole("button", { name: "Delete" })).toBeDisabled();
  await page.reload();
  await expect(composer(page)).toHaveValue("Second");
  await other.close();
  await expect(unsent(page)).toHaveText(/First/);
  await composer(page).press("Enter");
  await expect(unsent(page)).toHaveText([/First/, /Second/]);
});

test("a new chat begins offline, is listed, and its question can be taken back and changed", async ({
  page,
  person,
  context,
}) => {
  await openNewChat(page, person);
  await installed(page);
  await context.setOffline(true);
  await askOffline(page, "A typo");
  const address = page.url();
  await page.goto("/");
  await sidebar(page).getByRole("link", { name: "A typo" }).click();
  await expect(page).toHaveURL(address);
  await unsent(page).getByRole("button", { name: "Edit" }).click();
  await expect(composer(page)).toHaveValue("A typo");
  await askOffline(page, "No typo");

  await context.setOffline(false);
  await answered(page);
  await expect(questions(page)).toHaveText(/No typo/);
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();
  await expect(sidebar(page).getByRole("link")).toHaveCount(1);
});

test("a conversation is renamed and deleted offline", async ({
  page,
  person,
  context,
  elsewhere,
}) => {
  await chatOffline(page, person, context, "Before");
  const menu = async (title: string, entry: string) => {
    await sidebar(page).getByRole("link", { name: title }).hover();
    await sidebar(page)
      .getByRole("button", { name: `More about ${title}` })
      .click();
    await page.getByRole("menuitem", { name: entry }).click();
  };
  await menu("A title", "Rename");
  await page.getByRole("textbox", { name: "Title of the conversation" }).fill("Renamed");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(listAll)).toContain("conversations.rename");
  await page.reload();
  await expect(sidebar(page).getByRole("link", { name: "Renamed" })).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await signIn(elsewhere, person);
  await expect(sidebar(elsewhere).getByRole("link", { name: "Renamed" })).toBeVisible();

  await context.setOffline(true);
  await menu("Renamed", "Delete");
  await expect(sidebar(page).getByText("Nothing here yet.")).toBeVisible();
  await context.setOffline(false);
  await expect(sidebar(elsewhere).getByText("Nothing here yet.")).toBeVisible();
});

test("a question that was kept and is refused says why where it stands", async ({
  page,
  person,
  context,
}) => {
  await openNewChat(page, person);
  await installed(page);
  await context.setOffline(true);
  await askOffline(page, "Am I still here?");
  const details = { reason: "signed-out" };
  const error = { status: "UNAUTHENTICATED", message: "Sign in first.", details };
  await page.route("**/chat", (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      headers: { "access-control-allow-origin": "*" },
      body: `data: ${JSON.stringify({ error })}\n\n`,
    }),
  );
  await context.setOffline(false);
  await expect(page.getByRole("alert")).toContainText("Sign in again");
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Sign in again");
  await page.unroute("**/chat");
  await page.getByRole("button", { name: "Try again" }).click();
  await answered(page);
  await expect(page.getByRole("alert")).toBeHidden();
});

test("a sign-out asks about what was not sent, and leaves nothing that can be read", async ({
  page,
  person,
  context,
}) => {
  await chatOffline(page, person, context, "A secret question");
  await askOffline(page, "A secret unsent question");
  await composer(page).fill("A secret draft");
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const asked = page.getByRole("dialog", { name: "Sign out without sending?" });
  await asked.getByRole("button", { name: "Stay signed in" }).click();
  await expect(asked).toBeHidden();
  await expect(questions(page).last()).toContainText("Waits for the connection");
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await asked.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  const left = await page.evaluate(listAll);
  expect(left).not.toMatch(/secret/i);
  expect(left).not.toContain(person.email);
  expect(left).not.toContain("conversations");
});
