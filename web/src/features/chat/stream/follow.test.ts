import { beforeEach, describe, expect, it } from "vitest";

import type { Segment } from "../api/messages";
import { follow, joinSegments } from "./follow";
import { forgetTurns, newTurn, putTurn, turnStore } from "./turns";

function segment(number: number, start: number, text: string, reasoning = ""): Segment {
  return { number, start, text, reasoning };
}

const turns = () => turnStore("c").getState().turns;

beforeEach(forgetTurns);

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

describe("following a run of another tab", () => {
  it("grows with the segments and keeps its text when they go", () => {
    follow("c", "run", [segment(0, 0, "Hel")]);
    follow("c", "run", [segment(0, 0, "Hel"), segment(1, 3, "lo")]);
    follow("c", "run", []);
    expect(turns().map(({ text, phase }) => [text, phase])).toEqual([["Hello", "following"]]);
  });

  it("leaves a run alone that this tab streams", () => {
    putTurn("c", newTurn({ requestId: "r", phase: "streaming", runId: "run", text: "live" }));
    follow("c", "run", [segment(0, 0, "li")]);
    expect(turns().map(({ text }) => text)).toEqual(["live"]);
  });

  it("goes on from a stream that broke, without going back", () => {
    putTurn("c", newTurn({ requestId: "r", phase: "following", runId: "run", text: "Hello wor" }));
    follow("c", "run", [segment(0, 0, "Hello ")]);
    expect(turns()[0]?.text).toBe("Hello wor");
    follow("c", "run", [segment(0, 0, "Hello "), segment(1, 6, "world!")]);
    expect(turns()[0]?.text).toBe("Hello world!");
  });
});
