import { expect, it, vi } from "vitest";

import { call } from "./call";
import { UnreachedError } from "./errors";
import { stream } from "./stream";

vi.mock("@/firebase/functions", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

const request = { requestId: "12345678", conversationId: "12345678", text: "?", model: "m/1" };

it("counts as not reached where the code that sends does not come", async () => {
  await expect(call("models.list", {})).rejects.toBeInstanceOf(UnreachedError);
  const due = () => Promise.resolve();
  await expect(stream("chat", request, () => {}, due)).rejects.toBeInstanceOf(UnreachedError);
});
