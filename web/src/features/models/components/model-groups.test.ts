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

function shown(count: number, recent: string[]): [string, number][] {
  return modelGroups(listOf(count), recent, 0).map(({ value, items }) => [value, items.length]);
}

it("a connection without models is no group", () => {
  expect(shown(3, [])).toEqual([["A", 3]]);
});

it("those used last come first where there are many, as far as there are still any", () => {
  const [first] = modelGroups(listOf(9), ["a/7", "gone", "a/2"], 0);
  expect(first?.value).toBe("Used last");
  expect(first?.items.map(({ id }) => id)).toEqual(["a/7", "a/2"]);
  expect(shown(8, ["a/7"])).toEqual([["A", 8]]);
});
