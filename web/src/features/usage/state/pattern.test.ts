import { expect, it } from "vitest";

import { matchesPattern } from "./pattern";

it.each([
  ["*", "openai/gpt-5-mini", true],
  ["openai/o*", "openai/o3", true],
  ["openai/o*", "openai/gpt-5", false],
  ["openai/o*", "azure/openai/o3", false],
  ["*/gpt-*", "a/b/gpt-5", true],
  ["openai/o?", "openai/o3", true],
  ["openai/o?", "openai/o3-mini", false],
  ["openai/gpt-5.2", "openai/gpt-5.2", true],
  ["openai/gpt-5.2", "openai/gpt-5x2", false],
  ["openai/o[13]", "openai/o3", true],
  ["openai/o[13]", "openai/o4", false],
  ["openai/o[!13]", "openai/o4", true],
  ["openai/o[!13]", "openai/o1", false],
  ["openai/o[1-3]*", "openai/o2-mini", true],
  ["openai/o[1-3]*", "openai/o4-mini", false],
  ["m/[3-1]", "m/2", false],
  ["m/[a-]", "m/-", true],
  ["m/[]]", "m/]", true],
  ["m/[^a]", "m/^", true],
  ["m/[^a]", "m/b", false],
  ["m/[", "m/[", true],
  ["m/[]", "m/[]", true],
  ["m/(a|b)+$", "m/(a|b)+$", true],
  ["OpenAI/*", "openai/o3", false],
])("%s on %s: %s", (pattern, id, matches) => {
  expect(matchesPattern(pattern, id)).toBe(matches);
});
