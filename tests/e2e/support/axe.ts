import { expect, type Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

import { untilStill } from "./layout";
import { setTheme, themeNames } from "./themes";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ofColour = ["color-contrast", "link-in-text-block"];

/** What axe finds once nothing moves: the rule, and where. It looks into no frame. */
export async function violations(
  page: Page,
  part = "html",
  runOnly: RunOptions["runOnly"] = { type: "tag", values: tags },
): Promise<string[]> {
  await untilStill(page);
  // Once a page: it is half a megabyte.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([where, rules]) => {
      const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(
        where,
        {
          runOnly: rules,
          resultTypes: ["violations"],
          iframes: false,
          preload: false,
        },
      );
      return found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ""}`).join("; ")}`,
      );
    },
    [part, runOnly] as const,
  );
}

/** All rules once; those of colour in every theme, which changes nothing else, and there in `coloured`. */
export async function expectNoViolations(
  page: Page,
  part = "html",
  coloured = part,
): Promise<void> {
  await setTheme(page, "light");
  expect(await violations(page, part)).toEqual([]);
  for (const theme of themeNames.slice(1)) {
    await setTheme(page, theme);
    const found = await violations(page, coloured, { type: "rule", values: ofColour });
    expect(found, theme).toEqual([]);
  }
  await setTheme(page, "light");
}
