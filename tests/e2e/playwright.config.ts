/**
 * The product in a real browser, against a running stack: `make with-stack CMD="npm --prefix web run
 * e2e"`, or `make test`. With MODEL=none add `-- --grep-invert @model`. Nothing is retried and nothing
 * waits for a time of its own. Several at once: `--workers 2 --grep-invert @alone`, then those with
 * `--grep @alone` by themselves.
 */
import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../web/test-results",
  forbidOnly: true,
  retries: 0,
  workers: 1,
  // A real model on two shared cores writes these answers.
  timeout: 45_000,
  expect: { timeout: 15_000 },
  reporter: process.env["CI"] ? [["list"]] : [["dot"]],
  globalSetup: "./support/setup.ts",
  use: browser,
});
