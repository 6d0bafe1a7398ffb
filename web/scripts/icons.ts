/** Draws the icons of the installed app from public/icon.svg: `CHROMIUM=<path> npm run icons`. */
import { readFileSync } from "node:fs";

import { chromium } from "@playwright/test";

const folder = new URL("../public/", import.meta.url);
const logo = readFileSync(new URL("icon.svg", folder), "utf8");

/** `part` of the side is the logo's; a ground where the system cuts the icon to a shape of its own. */
const icons: { file: string; size: number; part: number; ground: string }[] = [
  { file: "icon-192.png", size: 192, part: 1, ground: "transparent" },
  { file: "icon-512.png", size: 512, part: 1, ground: "transparent" },
  { file: "icon-maskable.png", size: 512, part: 0.64, ground: "#fafaf8" },
  { file: "icon-apple.png", size: 180, part: 0.76, ground: "#fafaf8" },
];

const executablePath = process.env["CHROMIUM"];
const browser = await chromium.launch({
  args: ["--no-sandbox"],
  ...(executablePath ? { executablePath } : {}),
});
const page = await browser.newPage();
for (const { file, size, part, ground } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${part * 100}%}</style>${logo}`,
  );
  const path = new URL(file, folder).pathname;
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
