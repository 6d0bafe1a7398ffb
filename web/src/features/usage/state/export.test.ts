import { expect, it } from "vitest";

import { parseUsageDay, type UsageDay } from "../api/usage-days";
import { tableOfDays, toCsv, toJson } from "./export";

function usage(model: string, micros = 0) {
  const fields = { day: "2026-11-27", model, feature: "turn", calls: 1, micros };
  return parseUsageDay({ id: "x", fields });
}

const id = "0a".repeat(10);
const owner = { id: "uid-1", name: "Ada", email: null };
const keys = new Map([[id, { id, name: "Nightly report", revoked: false, owner }]]);

const csv = (...days: UsageDay[]) => toCsv(tableOfDays(days, keys));
const models = (text: string) => text.split("\r\n").slice(1, -1);

it("has a line of names and one for each sum", () => {
  expect(csv(usage("openai/gpt-5-mini", 1234))).toBe(
    "day,model,feature,key,keyId,calls,requests,inputTokens,outputTokens,cachedInputTokens," +
      "cacheWriteTokens,reasoningTokens,micros,estimatedMicros,cacheHits,savedMicros,cost\r\n" +
      "2026-11-27,openai/gpt-5-mini,turn,,none,1,0,0,0,0,0,0,1234,0,0,0,0.001234\r\n",
  );
});

it("names the key that was used", () => {
  const [line] = models(csv({ ...usage("a/b"), key: id }));
  expect(line).toMatch(new RegExp(`^2026-11-27,a/b,turn,Nightly report,${id},1,`));
});

it("quotes what would end a cell or a line", () => {
  const [first, second] = models(csv(usage('a/"b",c'), usage("d")));
  expect(first).toMatch(/^2026-11-27,"a\/""b"",c",turn,/);
  expect(second).toMatch(/^2026-11-27,d,turn,/);
  expect(csv(usage("a\r\nb"))).toContain('"a\r\nb"');
});

it.each(["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1"])(
  "runs no formula: %j",
  (model) => {
    expect(csv(usage(model))).toMatch(/,"?'[=+\-@\t\r]/);
  },
);

it("is JSON with the same numbers", () => {
  const days = [usage("openai/gpt-5-mini", 1234)];
  expect(JSON.parse(toJson(tableOfDays(days, keys)))).toEqual([
    { ...days[0], key: "", keyId: "none" },
  ]);
});
