import { describe, expect, it } from "vitest";

import type { Selection } from "./open-selection";
import { activeOf, extended, neighbour, toggled } from "./selection";

const ids = ["a", "b", "c", "d", "e"];
const begun: Selection = { chosen: new Set(["b"]), active: "b", from: "b" };
const chosen = (selection: Selection) => [...selection.chosen].toSorted();

describe("choosing several", () => {
  it("takes one in and out", () => {
    const two = toggled(begun, "d");
    expect(chosen(two)).toEqual(["b", "d"]);
    expect(chosen(toggled(two, "b"))).toEqual(["d"]);
  });

  it("takes a range in, downwards and upwards from the same one, and keeps what was chosen", () => {
    const range = extended(toggled(begun, "d"), "e", ids);
    expect(chosen(range)).toEqual(["b", "d", "e"]);
    expect(chosen(extended(range, "c", ids))).toEqual(["b", "c", "d", "e"]);
  });

  it("begins a range anew where its beginning has gone", () => {
    expect(chosen(extended(begun, "d", ["c", "d", "e"]))).toEqual(["b", "d"]);
  });

  it("moves with the keyboard, and no further than the list", () => {
    expect(neighbour(begun, 1, ids)).toBe("c");
    expect(neighbour(begun, -1, ids)).toBe("a");
    expect(neighbour({ ...begun, active: "e" }, 1, ids)).toBeUndefined();
    expect(neighbour({ ...begun, active: "a" }, -1, ids)).toBeUndefined();
  });

  it("is at the beginning when the conversation where it was has gone", () => {
    expect(activeOf(begun, ["c", "d"])).toBe("c");
    expect(neighbour(begun, 1, ["c", "d"])).toBe("d");
    expect(activeOf(begun, [])).toBeUndefined();
  });
});
