import { expect, test } from "vitest";

import { artefactOf, artefactReader, placeOf, versionsOf } from "./artefacts";

const fenced = (language: string, code: string) => `Here:\n\n\`\`\`${language}\n${code}\n\`\`\`\n`;
const page = (title: string, body: string) => `<title>${title}</title>\n<p>${body}</p>`;

test("finds what can be seen in answers, wherever it stands, and nothing else", () => {
  const found = artefactReader()([
    fenced("html index.html", page("Bees", "one")),
    "1. A diagram:\n\n   ```mermaid\n   ---\n   title: Hive\n   ---\n   graph TD\n   ```\n",
    fenced("python", "print()"),
    "Text with `html` and\n\n    <title>Indented</title>\n",
    fenced("svg", "<svg><title>Bee</title></svg>"),
  ]);
  expect(found.map(({ language, title }) => [language, title])).toEqual([
    ["html", "Bees"],
    ["mermaid", "Hive"],
    ["svg", "Bee"],
  ]);
});

test("what is written again under the same title is a version of it", () => {
  const [first, second] = [page("Bees", "one"), page("Bees", "two")];
  const all = artefactReader()(
    [first, page("Wasps", "no"), second].map((code) => fenced("html", code)),
  );
  const versions = versionsOf(all, artefactOf({ code: first, language: "html" }));
  expect(versions.map(({ code }) => code)).toEqual([first, second]);
  expect(placeOf(versions, { code: `${second}\n`, language: "html" })).toBe(1);
});

test("what is still being written is the last version, and becomes what it grows to", () => {
  const half = artefactOf({ code: "<svg><circle", language: "svg" });
  const earlier = artefactOf({ code: "<svg/>", language: "svg" });
  expect(versionsOf([earlier], half)).toEqual([earlier, half]);
  const whole = artefactOf({ code: "<svg><circle/></svg>", language: "svg" });
  expect(versionsOf([earlier, whole], half)).toEqual([earlier, whole]);
  expect(placeOf([earlier, whole], half)).toBe(1);
});

test("reads a text once, however often it is asked", () => {
  const reader = artefactReader();
  const text = fenced("html", "<p>");
  expect(reader([text])[0]).toBe(reader([text, "more"])[0]);
});
