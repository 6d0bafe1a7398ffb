import { describe, expect, it } from "vitest";

import { chooseSeveral, moveEarlier } from "./several";

describe("several models", () => {
  const offered = ["a", "b", "c", "d"];

  it("stay in the order in which they were chosen", () => {
    expect(chooseSeveral(["c"], ["a", "c"], offered, 3)).toEqual(["c", "a"]);
    expect(chooseSeveral(["c", "a"], ["a"], offered, 3)).toEqual(["a"]);
  });

  it("keep the one that is not offered at the moment", () => {
    expect(chooseSeveral(["away", "c"], ["a", "c"], offered, 3)).toEqual(["away", "c", "a"]);
    expect(chooseSeveral(["away", "c"], [], offered, 3)).toEqual(["away"]);
  });

  it("are no more than there may be", () => {
    expect(chooseSeveral(["a", "b", "c"], ["a", "b", "c", "d"], offered, 3)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  it("can be put earlier", () => {
    expect(moveEarlier(["a", "b", "c"], 2)).toEqual(["a", "c", "b"]);
    expect(moveEarlier(["a", "b"], 1)).toEqual(["b", "a"]);
  });
});
