import { describe, expect, it } from "vitest";

import { usageGroup, usageSummary } from "@/testing/usage-summary";

import { daysOf, fileName, namedGroups, narrowedTo, requestOf, tableOf } from "./everyone";
import { toCsv, toJson } from "./export";

const key = "0a".repeat(10);

describe("the period", () => {
  it("is of days, or of a month as far as it has begun", () => {
    expect(daysOf({ days: 7 }, "2026-11-27")).toHaveLength(7);
    expect(daysOf({}, "2026-11-27")).toHaveLength(30);
    expect(daysOf({ days: 7, month: "2026-10" }, "2026-11-27")).toHaveLength(31);
    expect(daysOf({ month: "2026-11" }, "2026-11-27").at(-1)).toBe("2026-11-27");
  });

  it("that has not begun is not asked for", () => {
    expect(daysOf({ month: "2027-01" }, "2026-11-27").at(-1)).toBe("2026-11-27");
  });
});

it("what is not chosen is not narrowed", () => {
  const request = requestOf({ by: "model", provider: "openai" }, ["2026-11-26", "2026-11-27"]);
  expect(request).toEqual({
    firstDay: "2026-11-26",
    lastDay: "2026-11-27",
    by: "model",
    person: null,
    provider: "openai",
    model: null,
    feature: null,
    key: null,
  });
  expect(fileName(request)).toBe("usage-openai-by-model-2026-11-26-to-2026-11-27");
  expect(fileName({ ...request, model: "openai/../x" })).not.toContain("/");
});

it("a group that is chosen leads on to the next question", () => {
  expect(narrowedTo("provider", "openai")).toEqual({ provider: "openai", by: "model" });
  expect(narrowedTo("person", "uid-1")).toEqual({ person: "uid-1", by: "day" });
  expect(narrowedTo("key", key)).toEqual({ key, by: "day" });
});

describe("keys", () => {
  const owner = { id: "uid-1", name: "Ada Lovelace", email: null };
  const keys = new Map([[key, { id: key, name: "Nightly report", revoked: true, owner }]]);
  const groups = [usageGroup(key), usageGroup("none"), usageGroup("1b".repeat(10))];
  const summary = usageSummary({ groups });

  it("are called as their persons named them, those of one name told apart", () => {
    expect(namedGroups(summary, "key", keys).map(({ name, detail }) => [name, detail])).toEqual([
      ["Nightly report", "Ada Lovelace, cck_0a0a0a, revoked"],
      ["Without a key", undefined],
      ["cck_1b1b1b", undefined],
    ]);
  });

  it("are a column of what is exported", () => {
    const table = tableOf(summary, "key", keys);
    expect(toCsv(table).split("\r\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^key,keyId,person,calls,/),
      expect.stringContaining(`Nightly report,${key},Ada Lovelace,1,`),
      expect.stringMatching(/^,none,,1,/),
    ]);
    expect(JSON.parse(toJson(table))).toContainEqual(
      expect.objectContaining({ key: "Nightly report", keyId: key }),
    );
  });
});

describe("people", () => {
  it("have a name, an e-mail, or neither", () => {
    const groups = [usageGroup("uid-1"), usageGroup("uid-2"), usageGroup("uid-3")];
    const named = namedGroups(usageSummary({ groups }), "person");
    expect(named.map(({ name, detail }) => [name, detail])).toEqual([
      ["Ada Lovelace", "ada@example.com"],
      ["bob@example.com", undefined],
      ["Account without a name", "uid-3"],
    ]);
  });

  it("are exported as they are shown, the others as well", () => {
    const others = usageGroup("", { calls: 30, micros: 1 });
    const table = tableOf(usageSummary({ others, otherGroups: 12 }), "person");
    const lines = toCsv(table).split("\r\n");
    expect(lines[0]).toMatch(/^person,email,id,calls,requests,/);
    expect(lines[1]).toBe(
      "Ada Lovelace,ada@example.com,uid-1,1,0,0,0,0,0,0,1500000,0,0,0,1.500000",
    );
    expect(lines[2]).toMatch(/^,bob@example.com,uid-2,1,/);
    expect(lines[3]).toBe("12 others,,,30,0,0,0,0,0,0,1,0,0,0,0.000001");
    expect(JSON.parse(toJson(table))).toContainEqual(
      expect.objectContaining({ person: "Ada Lovelace", id: "uid-1", micros: 1_500_000 }),
    );
  });
});

it("features are called by their names on the screen, and by their keys in a file", () => {
  const summary = usageSummary({ groups: [usageGroup("turn")] });
  expect(namedGroups(summary, "feature")[0]?.name).toBe("Answers");
  expect(tableOf(summary, "feature").rows[0]?.texts).toEqual(["turn"]);
});
