import { expect, it } from "vitest";

import { parseUsageDay } from "../api/usage-days";
import { toCsv, toJson } from "./export";

function usage(model: string, micros = 0) {
  const fields = { day: "2026-11-27", model, feature: "turn", calls: 1, micros };
  return parseUsageDay({ id: "x", fields });
}

const models = (csv: string) => csv.split("\r\n").slice(1, -1);

it("has a line of names and one for each sum", () => {
  expect(toCsv([usage("openai/gpt-5-mini", 1234)])).toBe(
    "day,model,feature,calls,requests,inputTokens,outputTokens,cachedInputTokens," +
      "cacheWriteTokens,reasoningTokens,micros,estimatedMicros,cacheHits,savedMicros,cost\r\n" +
      "2026-11-27,openai/gpt-5-mini,turn,1,0,0,0,0,0,0,1234,0,0,0,0.001234\r\n",
  );
});

it("quotes what would end a cell or a line", () => {
  const [first, second] = models(toCsv([usage('a/"b",c'), usage("d")]));
  expect(first).toMatch(/^2026-11-27,"a\/""b"",c",turn,/);
  expect(second).toMatch(/^2026-11-27,d,turn,/);
  expect(toCsv([usage("a\r\nb")])).toContain('"a\r\nb"');
});

it.each(["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1"])(
  "runs no formula: %j",
  (model) => {
    expect(toCsv([usage(model)])).toMatch(/,"?'[=+\-@\t\r]/);
  },
);

it("is JSON with the same numbers", () => {
  const days = [usage("openai/gpt-5-mini", 1234)];
  expect(JSON.parse(toJson(days))).toEqual(days);
});
