import { expect, it } from "vitest";

import type { ModelList, ModelSummary } from "@/contract/contract.gen";

import { modelGroups } from "./model-groups";

const health = { state: "ok", since: null, until: null } as const;

function listOf(count: number): ModelList {
  const models = Array.from(
    { length: count },
    (_none, index) => ({ id: `a/${index}`, connection: "a", health }) as ModelSummary,
  );
  const connections = ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), health }));
  return { models, connections, defaultModel: null } as unknown as ModelList;
}

function shown(count: number, recent: string[], pinned: string[] = []): [string, number][] {
  return modelGroups(listOf(count), pinned, recent, 0).map(({ value, items }) => [
    value,
    items.length,
  ]);
}

it("a connection without models is no group", () => {
  expect(shown(3, [])).toEqual([["A", 3]]);
});

it("those used last come first where there are many, as far as there are still any", () => {
  const [first] = modelGroups(listOf(9), [], ["a/7", "gone", "a/2"], 0);
  expect(first?.value).toBe("Used last");
  expect(first?.items.map(({ id }) => id)).toEqual(["a/7", "a/2"]);
  expect(shown(8, ["a/7"])).toEqual([["A", 8]]);
});

it("those that are pinned come before all others, in their order, however few there are", () => {
  const [first] = modelGroups(listOf(3), ["a/2", "gone", "a/0"], [], 0);
  expect(first?.value).toBe("Pinned");
  expect(first?.items.map(({ id }) => id)).toEqual(["a/2", "a/0"]);
  expect(shown(9, ["a/7", "a/2"], ["a/2"])).toEqual([
    ["Pinned", 1],
    ["Used last", 1],
    ["A", 9],
  ]);
});
