/**
 * Pictures of every page, in all themes, at three widths, for people to look at; and those in docs/ and the
 * README. `make with-stack CMD="npm --prefix web run screenshots"`
 */
import { defineConfig } from "@playwright/test";

import { browser } from "./support/browser";

export default defineConfig({
  testDir: ".",
  testMatch: "screenshots.ts",
  outputDir: "../../web/test-results",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  globalSetup: "./support/setup.ts",
  use: browser,
});
