import { describe, expect, it } from "vitest";

import { initialMemory } from "../api/conversations";
import { instructionsProblem, memoryChanges } from "./memory-changes";

const stored = {
  ...initialMemory,
  instructions: "Be brief.",
  fallbacks: ["a/one", "b/two"],
  summary: { text: "Bees.", edited: false, at: null },
};

describe("what is saved of a draft", () => {
  it("is nothing where nothing differs", () => {
    expect(memoryChanges({}, stored)).toBeNull();
    const same = { instructions: " Be brief.\n", fallbacks: ["a/one", "b/two"], summarise: true };
    expect(
      memoryChanges({ ...same, summary: { text: "Bees. ", over: "Bees." } }, stored),
    ).toBeNull();
  });

  it("is only what differs", () => {
    expect(memoryChanges({ instructions: "", summarise: true }, stored)).toEqual({
      settings: { instructions: "" },
    });
    expect(memoryChanges({ fallbacks: ["b/two", "a/one"] }, stored)).toEqual({
      settings: { fallbacks: ["b/two", "a/one"] },
    });
    expect(memoryChanges({ summarise: false }, stored)).toEqual({
      settings: { summarise: false },
    });
    expect(memoryChanges({ cache: false }, stored)).toEqual({ settings: { cache: false } });
    expect(memoryChanges({ cache: false }, { ...stored, cache: false })).toBeNull();
  });

  it("is a summary in one's own words, or none", () => {
    const write = (text: string | null) =>
      memoryChanges({ summary: { text, over: "Bees." } }, stored);
    expect(write("Bees and ants. ")).toEqual({ settings: null, summary: "Bees and ants." });
    expect(write(null)).toEqual({ settings: null, summary: null });
    expect(write("  ")).toEqual({ settings: null, summary: null });
  });

  it("is nothing where a summary that is to be forgotten is gone already", () => {
    const draft = { summary: { text: null, over: "Bees." } };
    expect(memoryChanges(draft, { ...stored, summary: null })).toBeNull();
  });
});

it("says how much too long a text is", () => {
  expect(instructionsProblem(` ${"a".repeat(20_000)} `)).toBeNull();
  expect(instructionsProblem("a".repeat(20_003))).toBe(
    "Instructions can have 20,000 characters; this is 3 too long.",
  );
});
