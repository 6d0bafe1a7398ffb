import { globSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

const root = `${import.meta.dirname}/../../../`;
const proof = /`([\w.-]+\.(?:spec|test)\.tsx?)`(?:, “([^”]+)”)?/g;

it("docs/details.md names tests that there are", () => {
  const page = readFileSync(`${root}docs/details.md`, "utf8");
  const named = [...page.matchAll(proof)];
  expect(named.length).toBeGreaterThan(40);
  const missing = named.filter(([, file = "", title]) => {
    const found = globSync([`tests/e2e/${file}`, `web/src/**/${file}`], { cwd: root });
    const texts = found.map((path) => readFileSync(`${root}${path}`, "utf8"));
    return !texts.some((text) => title === undefined || text.includes(title));
  });
  expect(missing.map(([text]) => text)).toEqual([]);
});
