import { describe, expect, it } from "vitest";

import { createSplitter, inGroups, noBlocks, splitBlocks, type Blocks } from "./blocks";

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

describe("blocks in groups", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `Block ${index}.`);

  it("keeps every block, in its place", () => {
    const blocks = many(100);
    expect(inGroups(blocks).flat()).toEqual(blocks);
    expect(inGroups(blocks).length).toBeGreaterThan(3);
    expect(inGroups([])).toEqual([]);
  });

  it("leaves a group that is full as it is, whatever follows", () => {
    const full = inGroups(many(40))[0];
    for (let count = 40; count < 60; count += 1) expect(inGroups(many(count))[0]).toEqual(full);
  });

  it.each(["# One", "### Three ###\n\n", "Title\n=====", "Two\nlines\n---\n\n", "#"])(
    "never ends one with a heading: %j",
    (heading) => {
      const length = inGroups(many(40))[0]?.length ?? 0;
      const blocks = [...many(length - 1), heading, ...many(20)];
      expect(inGroups(blocks)[0]).toHaveLength(length + 1);
    },
  );

  it.each(["#hashtag", "- one\n- two", "a --- b", "```\n# no\n```"])(
    "ends one with what only looks like a heading: %j",
    (block) => {
      const length = inGroups(many(40))[0]?.length ?? 0;
      expect(inGroups([...many(length - 1), block, "Next."])).toHaveLength(2);
    },
  );
});

it("a splitter gives what was written anew, also where a text does not go on", () => {
  const split = createSplitter();
  for (const text of ["One.\n\nTw", "One.\n\nTwo.\n\nThr", "Else.\n\nNew", ""]) {
    expect(split(text)).toEqual(splitBlocks(text, noBlocks).blocks);
  }
});
