import { beforeEach, expect, it } from "vitest";

import { OperationError } from "@/contract/errors";
import { forgetNoted, noteFailure } from "@/contract/noted";

import { reportOf } from "./report";

beforeEach(forgetNoted);

it("says on which page, but not in which conversation", () => {
  history.replaceState(null, "", "/c/8d0a64c2-secret?m=1");
  expect(reportOf(" It hangs. ", null)).toMatchObject({ text: "It hangs.", page: "/c/…" });
  history.replaceState(null, "", "/usage");
  expect(reportOf("x", null).page).toBe("/usage");
});

it("has the last ten failures by what the log knows them by, without a word of what was asked", () => {
  for (let number = 0; number < 12; number += 1) {
    const details = { reason: "internal", correlationId: `id-${number}` } as const;
    noteFailure("conversations.pin", new OperationError("INTERNAL", "secret", details));
  }
  const { problems } = reportOf("x", null);
  expect(problems).toHaveLength(10);
  expect(problems?.at(-1)).toBe("conversations.pin INTERNAL id-11");
  expect(JSON.stringify(problems)).not.toContain("secret");
});

it("has the answer only when it is given, and no more of it than is taken", () => {
  expect(reportOf("x", null)).not.toHaveProperty("answer");
  expect(reportOf("x", "y".repeat(60_000)).answer).toHaveLength(50_000);
});
