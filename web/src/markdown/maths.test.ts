import { describe, expect, it } from "vitest";

import { noBlocks, splitBlocks } from "./blocks";
import { withFormulas } from "./maths";

describe("formulas of a block", () => {
  it.each([
    [String.raw`so \(a_1 < b\) holds`, "so $$a_1 < b$$ holds"],
    ["so $a_1 < b$ holds", "so $$a_1 < b$$ holds"],
    ["$$ x = y $$", "$$\nx = y\n$$"],
    ["$$\nx\n= y\n$$", "$$\nx\n= y\n$$"],
    [String.raw`  \[ x \]`, "  $$\n  x\n  $$"],
    ["it is $$x$$ here", "it is $$x$$ here"],
    ["`$a$` and $b$", "`$a$` and $$b$$"],
    ["$a$ and an open $$", String.raw`$$a$$ and an open \$\$`],
  ])("%j are written as %j", (block, written) => {
    expect(withFormulas(block)).toBe(written);
  });

  it.each([
    "from $5 to $10.",
    "US$5 to A$10",
    "a $ b $ c",
    String.raw`\$a\$`,
    "`\\(a\\)`",
    "```sh\necho $HOME $PATH$\n```",
    "1. x\n\n   ```\n   $a$\n   ```\n",
    "an open $$ alone",
  ])("%j has none", (block) => {
    expect(withFormulas(block)).toBeNull();
  });
});

it("a formula over several lines is one block, also where a line begins like a list", () => {
  const { blocks } = splitBlocks("Sum:\n\n$$\na\n+ b\n\n+ c\n$$\n\nDone.", noBlocks);
  expect(blocks.map((block) => block.trim())).toEqual(["Sum:", "$$\na\n+ b\n\n+ c\n$$", "Done."]);
});

it("an open one takes nothing away from what comes after it", () => {
  const { blocks } = splitBlocks("$$ is for maths.\n\nTwo.\n\nThree.", noBlocks);
  expect(blocks).toHaveLength(3);
});
