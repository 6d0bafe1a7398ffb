import { expect, test } from "vitest";

import { diagramPage } from "./diagram-page";

const scripts = (page: string) => [
  ...new DOMParser().parseFromString(page, "text/html").querySelectorAll("script"),
];

test("nothing in a diagram, its library or its words ends the page's script", () => {
  const attack =
    'x</script><script>hit()</script><!--<script>"; hit(); // \u2028 $& SOURCE LIBRARY';
  const page = diagramPage({ source: attack, library: attack, refusal: attack });
  const [script, ...others] = scripts(page);
  expect(others).toEqual([]);
  const told = script?.textContent.match(/(?<== |add\("strong", )"(?:[^"\\]|\\.)*"/g) ?? [];
  expect(told.map((text) => JSON.parse(text) as unknown)).toEqual([attack, attack, attack]);
});
