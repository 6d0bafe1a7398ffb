/**
 * Tests of a file whose person stays at one page, as people do all day: each begins with a new chat
 * instead of loading the app. What is to be seen after it was loaded is asked for by `signIn`.
 */
import { basename } from "node:path";

import type { BrowserContext, Page } from "@playwright/test";

import { newPerson, test as base, type Person } from "./app";
import { withoutServiceWorkers } from "./contexts";

interface Kept {
  file: string;
  person: Person;
  context: BrowserContext;
  page: Page;
}

export const test = base.extend<object, { keep: (file: string) => Promise<Kept> }>({
  keep: [
    async ({ browser }, provide) => {
      let kept: Kept | null = null;
      await provide(async (file) => {
        if (kept?.file === file) return kept;
        await kept?.context.close();
        const context = await browser.newContext();
        await withoutServiceWorkers(context);
        const person = newPerson(basename(file, ".spec.ts"));
        kept = { file, person, context, page: await context.newPage() };
        return kept;
      });
      await (kept as Kept | null)?.context.close();
    },
    { scope: "worker" },
  ],
  context: async ({ keep, viewport }, provide, { file }) => {
    const { context, page } = await keep(file);
    await provide(context);
    await context.unrouteAll({ behavior: "wait" });
    await page.unrouteAll({ behavior: "wait" });
    await context.clearPermissions();
    for (const other of context.pages()) if (other !== page) await other.close();
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: null });
  },
  page: async ({ keep }, provide, { file }) => {
    const { page } = await keep(file);
    await provide(page);
  },
  person: async ({ keep }, provide, { file }) => {
    await provide((await keep(file)).person);
  },
});
