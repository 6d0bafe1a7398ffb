/** Contexts beside the one that Playwright uses again, for tests that need another kind, or a second. */
import type { Browser, BrowserContext } from "@playwright/test";

import { required } from "./environment";

type Kind = "installed" | "elsewhere";

/** A service worker outlives its test, and answers the pages of the next one. */
export async function withoutServiceWorkers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, "serviceWorker", { value: undefined });
  });
}

/** Takes away what a person kept there; what is of the app itself stays. */
async function empty(context: BrowserContext): Promise<void> {
  await context.setOffline(false);
  await Promise.all(context.pages().map((page) => page.close()));
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", {
    origin: required("COLONYCRAFT_WEB"),
    storageTypes: "cookies,local_storage,indexeddb",
  });
  await page.close();
}

/**
 * Of each kind there is one, which tests use one after another: a new one fetches, compiles and installs
 * the app again, which was more than a third of the processor time of the tests of an installed app.
 * It is made as the first test that asks for it has its contexts.
 */
export class Contexts {
  private readonly made = new Map<Kind, BrowserContext>();

  constructor(private readonly browser: Browser) {}

  async lend(kind: Kind, provide: (context: BrowserContext) => Promise<void>): Promise<void> {
    const context = this.made.get(kind) ?? (await this.make(kind));
    await provide(context);
    await empty(context);
  }

  async close(): Promise<void> {
    for (const context of this.made.values()) await context.close();
  }

  private async make(kind: Kind): Promise<BrowserContext> {
    const context = await this.browser.newContext();
    if (kind === "elsewhere") await withoutServiceWorkers(context);
    this.made.set(kind, context);
    return context;
  }
}
