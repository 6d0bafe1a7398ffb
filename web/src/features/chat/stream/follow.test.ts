import { beforeEach, describe, expect, it } from "vitest";

import type { Segment } from "../api/messages";
import { follow } from "./follow";
import { forgetTurns, newTurn, putTurn, turnStore } from "./turns";

function segment(number: number, start: number, text: string, reasoning = ""): Segment {
  return { number, start, text, reasoning };
}

const turns = () => turnStore("c").getState().turns;

beforeEach(forgetTurns);

describe("following a run of another tab", () => {
  it("grows with the segments and keeps its text when they go", () => {
    follow("c", { runId: "run", branchId: "main" }, [segment(0, 0, "Hel")]);
    follow("c", { runId: "run", branchId: "main" }, [segment(0, 0, "Hel"), segment(1, 3, "lo")]);
    follow("c", { runId: "run", branchId: "main" }, []);
    expect(turns().map(({ text, phase }) => [text, phase])).toEqual([["Hello", "following"]]);
  });

  it("leaves a run alone that this tab streams", () => {
    putTurn("c", newTurn({ requestId: "r", phase: "streaming", runId: "run", text: "live" }));
    follow("c", { runId: "run", branchId: "main" }, [segment(0, 0, "li")]);
    expect(turns().map(({ text }) => text)).toEqual(["live"]);
  });

  it("goes on from a stream that broke, without going back", () => {
    putTurn("c", newTurn({ requestId: "r", phase: "following", runId: "run", text: "Hello wor" }));
    follow("c", { runId: "run", branchId: "main" }, [segment(0, 0, "Hello ")]);
    expect(turns()[0]?.text).toBe("Hello wor");
    follow("c", { runId: "run", branchId: "main" }, [
      segment(0, 0, "Hello "),
      segment(1, 6, "world!"),
    ]);
    expect(turns()[0]?.text).toBe("Hello world!");
  });
});
