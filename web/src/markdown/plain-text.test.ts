import { expect, it } from "vitest";

import { plainText } from "./plain-text";

it.each([
  ["A **bold** and _slanted_ word with `code`.", "A bold and slanted word with code."],
  ["# Title\n\nText", "Title\nText"],
  ["- one\n- two\n  - three", "one\ntwo\nthree"],
  ["1. first\n\n   more of it\n2. second", "first\nmore of it\nsecond"],
  ["| a | b |\n|---|---|\n| 1 | **2** |", "a\nb\n1\n2"],
  ["```js\nlet a = 1 < 2;\n```", "let a = 1 < 2;"],
  ["[a page](https://example.com) ![a picture](https://example.com/p.png)", "a page "],
  ["> said\n> so", "said\nso"],
  ["a < b & c", "a < b & c"],
  ["<b>raw</b>", "<b>raw</b>"],
])("reads %j as %j", (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
