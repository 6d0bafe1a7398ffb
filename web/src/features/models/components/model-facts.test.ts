import { describe, expect, it } from "vitest";

import { model } from "@/testing/model";

import { resolveModel } from "../state/choice";
import { modelFacts, priceText } from "./model-facts";

describe("what is said of a model", () => {
  it("names what it can do and that its price is unknown", () => {
    expect(modelFacts(model)).toBe("128K context · vision · tools · price unknown");
  });

  it("tells unknown, free and priced apart", () => {
    const price = { source: "", asOf: null, secondMicros: 0 };
    expect(priceText({ ...price, inputMicros: 0, outputMicros: 0 })).toBe("free");
    expect(priceText({ ...price, inputMicros: 150_000, outputMicros: 600_000 })).toBe(
      "$0.15 in, $0.60 out per 1M tokens",
    );
    const timed = { ...price, inputMicros: 0, outputMicros: 0, secondMicros: 200 };
    expect(priceText(timed)).toBe("$0.0002 a second");
  });
});

describe("the model of the next question", () => {
  const list = {
    models: [model, { ...model, id: "a/two" }],
    connections: [],
    defaultModel: "a/two",
  };

  it("is the first wish that can be had", () => {
    expect(resolveModel(list, [undefined, "gone/x", "a/one"])).toBe("a/one");
  });

  it("stays while its connection is away for the moment", () => {
    const away = {
      id: "b",
      name: "B",
      state: "away" as const,
      message: null,
      details: null,
      health: model.health,
    };
    const known = { ...list, connections: [away] };
    expect(resolveModel(known, ["b/three", "a/one"])).toBe("b/three");
  });

  it("is the workspace's suggestion without a wish, and any model without one", () => {
    expect(resolveModel(list, [null])).toBe("a/two");
    expect(resolveModel({ ...list, defaultModel: null }, [])).toBe("a/one");
    expect(resolveModel({ ...list, models: [], defaultModel: null }, [])).toBeNull();
  });
});
