import { describe, expect, it } from "vitest";

import { joinLongMessages, parseMessage, parseSegment } from "./messages";

describe("reading a stored message", () => {
  it("takes text and reasoning from its parts", () => {
    const message = parseMessage({
      id: "m",
      fields: {
        seq: 3,
        role: "assistant",
        state: "incomplete",
        runId: "r",
        parts: [
          { type: "reasoning", text: "Hm. " },
          { type: "text", text: "One " },
          { type: "text", text: "two" },
          { type: "image", url: "x" },
        ],
      },
    });
    expect(message).toMatchObject({ text: "One two", reasoning: "Hm. ", state: "incomplete" });
  });

  it("survives fields that are missing or of another type", () => {
    expect(parseMessage({ id: "m", fields: { parts: "?", state: 7, problem: [] } })).toMatchObject({
      text: "",
      role: "user",
      state: "complete",
      problem: null,
      receipt: null,
    });
  });
});

describe("reading a segment", () => {
  it("counts its number from its id", () => {
    const fields = { start: 4, events: [{ type: "text-delta", text: "a" }] };
    expect(parseSegment({ id: "000012", fields })).toEqual({
      number: 12,
      start: 4,
      text: "a",
      reasoning: "",
    });
  });
});

describe("a message in several documents", () => {
  const piece = (text: string) => [{ type: "text", text }];
  const long = { id: "a", fields: { role: "assistant", parts: piece("one "), more: 2 } };
  const other = { id: "b", fields: { role: "user", parts: piece("asked") } };
  const more = (order: number, text: string) => ({
    id: `a-${order}`,
    fields: { role: "more", of: "a", order, parts: piece(text) },
  });

  it("is one, whatever order its documents come in", () => {
    const joined = joinLongMessages([more(2, "three"), other, long, more(1, "two ")]);
    expect(joined.map(parseMessage).map(({ id, text }) => [id, text])).toEqual([
      ["b", "asked"],
      ["a", "one two three"],
    ]);
  });

  it("leaves out what continues a message that is not there", () => {
    expect(joinLongMessages([more(1, "two"), other])).toEqual([other]);
  });
});
