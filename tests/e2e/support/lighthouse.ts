/** Lighthouse as on a phone, in a browser whose person may have signed in before. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { chromium, type Page } from "@playwright/test";

import { browser } from "./browser";
import { required } from "./environment";
import { note } from "./measuring";

const run = promisify(execFile);

interface Report {
  environment: { benchmarkIndex: number };
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue?: number }>;
}

const visits = 5;

/** Figures of visits to the page that `open` leads to. Each begins with an empty cache. */
export async function audit(what: string, open: (page: Page) => Promise<string>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), "lighthouse-"));
  const context = await chromium.launchPersistentContext(profile, {
    ...browser.launchOptions,
    args: [...(browser.launchOptions?.args ?? []), "--remote-debugging-port=0"],
    baseURL: required("COLONYCRAFT_WEB"),
  });
  try {
    const page = await context.newPage();
    const address = await open(page);
    // As wide and high as the phone of the visits.
    await page.setViewportSize({ width: 412, height: 823 });
    // As one leaves: closed as it stands, a page is not told of it.
    await page.goto("about:blank");
    await page.close();
    const [port = ""] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
    for (let visit = 0; visit < visits; visit += 1) noteReport(what, await report(address, port));
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function report(address: string, port: string): Promise<Report> {
  const only = "--only-categories=performance,accessibility";
  const options = [`--port=${port}`, only, "--output=json", "--quiet"];
  const { stdout } = await run("node", [required("LIGHTHOUSE"), address, ...options], {
    maxBuffer: 100 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Report;
}

function noteReport(what: string, { categories, audits, environment }: Report): void {
  for (const name of ["performance", "accessibility"]) {
    note(`Lighthouse, ${what}: ${name}`, Math.round(100 * (categories[name]?.score ?? 0)));
  }
  const numbers = {
    "first-contentful-paint": "first paint, ms",
    "largest-contentful-paint": "largest paint, ms",
    interactive: "interactive after, ms",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "layout shift",
    "total-byte-weight": "bytes",
  };
  note("Lighthouse: benchmark index of this machine", environment.benchmarkIndex);
  for (const [name, figure] of Object.entries(numbers)) {
    note(`Lighthouse, ${what}: ${figure}`, audits[name]?.numericValue ?? Number.NaN);
  }
}
