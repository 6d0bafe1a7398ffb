/**
 * What takes time in a browser, measured and not judged: bench/web.py asks for it and knows the goals.
 * `make bench`, or its part `web` alone.
 */
import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser";

export default defineConfig({
  testDir: ".",
  testMatch: "measure.ts",
  outputDir: "../../web/test-results",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["line"]],
  globalSetup: "./support/setup.ts",
  use: browser,
});
