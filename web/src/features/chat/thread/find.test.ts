import { describe, expect, it } from "vitest";

import type { Entry } from "./entries";
import { findHits, rangesIn } from "./find";

function entry(kind: Entry["kind"], key: string, text: string): Entry {
  return { kind, key, text } as Entry;
}

const thread = [
  entry("question", "q1", "What do **bees** eat? Bees!"),
  entry("answer", "a1", "Nectar. **Be**es also eat\npollen, and [bees](https://bees.example)."),
  entry("question", "q2", "Thanks"),
];

describe("finding in a conversation", () => {
  it("finds every place in order, in what one reads and not in the marks around it", () => {
    expect(findHits(thread, "bees")).toEqual([
      { key: "q1", nth: 0 },
      { key: "q1", nth: 1 },
      { key: "a1", nth: 0 },
      { key: "a1", nth: 1 },
    ]);
  });

  it("takes any white space for a space, and no character for a pattern", () => {
    expect(findHits(thread, "eat pollen")).toHaveLength(1);
    expect(findHits(thread, "b..s")).toEqual([]);
    expect(findHits(thread, "eat?")).toHaveLength(1);
  });

  it.each(["", "  "])("finds nothing for %j", (query) => {
    expect(findHits(thread, query)).toEqual([]);
  });
});

describe("the places in the page", () => {
  it("go over the borders of elements, but not of blocks, and leave buttons out", () => {
    const article = document.createElement("article");
    article.innerHTML =
      "<h2>bees</h2><div data-text><p>Be<b>es</b> and be</p><p>es <button>bees</button>bees</p></div>";
    const ranges = rangesIn(article, "bees");
    expect(ranges.map(String)).toEqual(["Bees", "bees"]);
  });
});
