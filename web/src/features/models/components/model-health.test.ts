import { describe, expect, it } from "vitest";

import type { ModelHealth, ModelList } from "@/contract/contract.gen";

import { healthText, isAnyInTrouble, modelTrouble } from "./model-health";

const now = Date.parse("2026-11-27T10:00:00+00:00");
const ok: ModelHealth = { state: "ok", since: null, until: null };

function ago(seconds: number): string {
  return new Date(now - seconds * 1000).toISOString();
}

describe("the health of a model", () => {
  it("says nothing while all is well", () => {
    expect(healthText(ok, now)).toBeNull();
  });

  it.each([
    [20, "trouble for 20 s"],
    [60, "trouble for 1 minute"],
    [180, "trouble for 3 minutes"],
  ])("says how long the trouble has lasted: %s s", (seconds, text) => {
    expect(healthText({ state: "trouble", since: ago(seconds), until: null }, now)).toBe(text);
  });

  it("says when a limit ends, and does not count below nothing", () => {
    const limited: ModelHealth = { state: "limited", since: ago(1), until: ago(-18) };
    expect(healthText(limited, now)).toBe("limit reached, free again in 18 s");
    expect(healthText(limited, now + 60_000)).toBe("limit reached");
  });
});

describe("what the picker says of the chosen model", () => {
  const trouble: ModelHealth = { state: "trouble", since: ago(180), until: ago(-10) };

  function list(connection: ModelHealth, model: ModelHealth): ModelList {
    return {
      models: [
        {
          id: "mistral/large",
          connection: "mistral",
          connectionName: "Mistral",
          name: "Large",
          vision: false,
          audio: false,
          tools: true,
          reasoning: false,
          contextTokens: null,
          outputTokens: null,
          price: null,
          health: model,
        },
      ],
      connections: [
        {
          id: "mistral",
          name: "Mistral",
          state: "ready",
          message: null,
          details: null,
          health: connection,
        },
      ],
      defaultModel: null,
    };
  }

  it("names the connection when all of it is affected, else the model", () => {
    expect(modelTrouble(list(trouble, trouble), "mistral/large", now)).toBe(
      "Mistral: trouble for 3 minutes",
    );
    expect(modelTrouble(list(ok, trouble), "mistral/large", now)).toBe(
      "Large: trouble for 3 minutes",
    );
  });

  it("is asked for again while a model or a connection is not well", () => {
    expect(isAnyInTrouble(list(ok, ok))).toBe(false);
    expect(isAnyInTrouble(list(ok, trouble))).toBe(true);
    expect(isAnyInTrouble(list(trouble, ok))).toBe(true);
  });

  it("is silent when all is well, and of models that it does not know", () => {
    expect(modelTrouble(list(ok, ok), "mistral/large", now)).toBeNull();
    expect(modelTrouble(list(trouble, trouble), "other/one", now)).toBeNull();
    expect(modelTrouble(list(trouble, trouble), null, now)).toBeNull();
  });
});
