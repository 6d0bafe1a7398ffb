import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

import { required } from "./environment";

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const isRoot = process.getuid?.() === 0;
const executablePath = process.env["CHROMIUM"];

/** The system's Chromium, against the stack whose address the launcher gives. */
export const browser: Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> & {
  screenshot: "only-on-failure";
} = {
  baseURL: required("COLONYCRAFT_WEB"),
  // Playwright makes it as new: to make another took a seventh of the time of all tests.
  reuseContext: true,
  viewport: { width: 1280, height: 800 },
  // A failure leaves a picture and the page's text; a trace, which takes a tenth of the time of all
  // tests, comes with `--trace retain-on-failure`.
  screenshot: "only-on-failure",
  launchOptions: {
    args: isRoot ? ["--no-sandbox", ...flags] : flags,
    ...(executablePath ? { executablePath } : {}),
  },
};
