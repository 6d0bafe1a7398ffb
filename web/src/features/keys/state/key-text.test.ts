import { expect, it } from "vitest";

import type { KeyView } from "@/contract/contract.gen";

import { budgetText, exampleOf, lifeText } from "./key-text";

const key: KeyView = {
  id: "0123456789abcdef0123",
  name: "Nightly report",
  prefix: "cck_012345",
  createdAt: "2026-11-28T12:00:00+00:00",
  expiresAt: "2027-02-26T12:00:00+00:00",
  expired: false,
  lastUsedDay: null,
  models: null,
  budget: null,
  used: null,
};

it("tells when a key was made and used, and when it ends", () => {
  expect(lifeText(key)).toBe("Made Nov 28, 2026, never used, expires Feb 26, 2027.");
  expect(lifeText({ ...key, lastUsedDay: "2026-12-01", expired: true })).toBe(
    "Made Nov 28, 2026, used Dec 1, 2026, expired Feb 26, 2027.",
  );
});

it("tells how much of its own budget is used", () => {
  expect(budgetText(key)).toBeNull();
  const dollars = { limit: 5_000_000, unit: "USD", period: "month" } as const;
  expect(budgetText({ ...key, budget: dollars, used: 120 })).toBe("$0.0001 of $5.00 a month used.");
  const requests = { limit: 1_000, unit: "requests", period: "ever" } as const;
  expect(budgetText({ ...key, budget: requests, used: 0 })).toBe(
    "0 of 1,000 requests for good used.",
  );
});

it("shows a command that can be pasted into a terminal", () => {
  expect(exampleOf("https://x.test", "cck_a")).toBe(
    "curl https://x.test/api/models.list \\\n  -H 'Authorization: Bearer cck_a' \\\n" +
      "  -H 'Content-Type: application/json' \\\n  -d '{\"data\": {}}'",
  );
});
