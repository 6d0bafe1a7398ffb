import { describe, expect, it } from "vitest";

import { seeded, type Random } from "@/testing/random";

import type { Segment } from "../api/messages";
import { joinSegments } from "./join";

function segment(number: number, start: number, text: string, reasoning = ""): Segment {
  return { number, start, text, reasoning };
}

describe("joining segments", () => {
  it("puts them in order, whatever order they came in", () => {
    expect(joinSegments([segment(1, 6, "world"), segment(0, 0, "Hello ")]).text).toBe(
      "Hello world",
    );
  });

  it("counts as JavaScript does", () => {
    expect(joinSegments([segment(0, 0, "🐝🐝"), segment(1, 4, "!")]).text).toBe("🐝🐝!");
  });

  it("writes nothing twice", () => {
    expect(joinSegments([segment(0, 0, "Hello"), segment(1, 3, "lo you")]).text).toBe("Hello you");
  });

  it("stops at a gap", () => {
    expect(joinSegments([segment(0, 0, "Hello"), segment(2, 9, "far")]).text).toBe("Hello");
  });

  it("keeps reasoning in order, and the text when reasoning comes late", () => {
    const joined = joinSegments([
      segment(2, 0, "Answer", ""),
      segment(1, 0, "", "two"),
      segment(0, 0, "", "one "),
    ]);
    expect(joined).toEqual({ text: "Answer", reasoning: "one two" });
  });
});

const letters = ["a", "ü", "🐝", "👩‍🚀", "\u{1F1E8}\u{1F1ED}", "\n", "e\u0301", "𝒳", "字", " "];

function someText(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(letters)).join("");
}

/** A text as a log has it: cut anywhere, also within a surrogate pair, with heartbeats between. */
function cut(random: Random, text: string, base: number): Segment[] {
  const segments: Segment[] = [];
  let start = base;
  while (start < text.length) {
    const length = random.below(4) === 0 ? 0 : 1 + random.below(7);
    const piece = text.slice(start, start + length);
    segments.push(segment(segments.length, start, piece));
    start += piece.length;
  }
  return segments;
}

describe("any text, cut anywhere", () => {
  const seeds = Array.from({ length: 500 }, (_, seed) => seed);

  it("is what was written, in whatever order and however often its segments come", () => {
    for (const seed of seeds) {
      const random = seeded(seed);
      const text = someText(random, random.below(60));
      const base = random.below(text.length + 1);
      const segments = cut(random, text, base);
      const again = segments.filter(() => random.below(3) === 0);
      const read = random.shuffled([...segments, ...again]);
      expect(joinSegments(read, text.slice(0, base)).text, `seed ${seed}`).toBe(text);
    }
  });

  it("ends where something is missing", () => {
    for (const seed of seeds) {
      const random = seeded(seed);
      const text = someText(random, 1 + random.below(60));
      const segments = cut(random, text, 0);
      const missing = random.pick(segments.filter((one) => one.text !== ""));
      const read = random.shuffled(segments.filter((one) => one !== missing));
      expect(joinSegments(read).text, `seed ${seed}`).toBe(text.slice(0, missing.start));
    }
  });

  it("has nothing twice when who takes a run over writes again what was there", () => {
    for (const seed of seeds) {
      const random = seeded(seed);
      const text = someText(random, 2 + random.below(40));
      const known = 1 + random.below(text.length);
      const first = cut(random, text.slice(0, known), 0);
      const second = cut(random, text, random.below(known + 1)).map((one) => ({
        ...one,
        number: one.number + first.length,
      }));
      const read = random.shuffled([...first, ...second]);
      expect(joinSegments(read).text, `seed ${seed}`).toBe(text);
    }
  });
});
