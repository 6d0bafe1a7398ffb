import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { untilStill } from "./layout";

export const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page once nothing moves: the rule, and where. */
export async function violations(page: Page): Promise<string[]> {
  await untilStill(page);
  const { violations: found } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("; ")}`);
}
