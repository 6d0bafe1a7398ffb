import { describe, expect, it } from "vitest";

import { noBlocks, splitBlocks, type Blocks } from "./blocks";

const answer = `# Title

A paragraph with **words**
over two lines.

- one
- two

  still two

| a | b |
|---|---|
| 1 | 2 |

\`\`\`python
def add(a, b):

    return a + b
\`\`\`

Last words.
`;

function feed(text: string, step: number): Blocks {
  let split = noBlocks;
  for (let end = step; end < text.length + step; end += step) {
    split = splitBlocks(text.slice(0, end), split);
  }
  return split;
}

describe("splitting an answer into blocks", () => {
  it("keeps lists, tables and code together", () => {
    const { blocks } = splitBlocks(answer, noBlocks);
    expect(blocks.map((block) => block.trim().slice(0, 8))).toEqual([
      "# Title",
      "A paragr",
      "- one\n- ",
      "| a | b ",
      "```pytho",
      "Last wor",
    ]);
  });

  it.each([1, 3, 7, 50])("gives the same blocks when it grows by %i characters", (step) => {
    expect(feed(answer, step).blocks).toEqual(splitBlocks(answer, noBlocks).blocks);
  });

  it("loses no character that is seen", () => {
    const { blocks } = feed(answer, 5);
    expect(blocks.join("").replaceAll(/\s/g, "")).toBe(answer.replaceAll(/\s/g, ""));
  });

  it("leaves closed blocks as they are", () => {
    const before = splitBlocks("First.\n\nSecond.\n\nThi", noBlocks);
    const after = splitBlocks("First.\n\nSecond.\n\nThird.", before);
    expect(after.blocks.slice(0, 2)).toEqual(before.blocks.slice(0, 2));
    expect(after.tailStart).toBe(before.tailStart);
  });

  it("gives definitions to the blocks that refer to them", () => {
    const { blocks } = splitBlocks(
      "See [the page][1].\n\nMore.\n\n[1]: https://example.com\n",
      noBlocks,
    );
    expect(blocks[0]).toContain("[1]: https://example.com");
    expect(blocks[1]).not.toContain("example.com");
  });

  it("keeps footnotes with their notes", () => {
    const { blocks } = splitBlocks("A claim.[^1]\n\nMore.\n\n[^1]: The source.\n", noBlocks);
    expect(blocks).toHaveLength(1);
  });

  it("starts again when the text is another one", () => {
    const before = splitBlocks("One.\n\nTwo.", noBlocks);
    expect(splitBlocks("Other.", before).blocks).toEqual(["Other."]);
  });

  it("copes with the line ends of Windows", () => {
    expect(feed("One.\r\n\r\nTwo.\r\n\r\nThree.", 2).blocks.map((block) => block.trim())).toEqual([
      "One.",
      "Two.",
      "Three.",
    ]);
  });
});
