import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { stop, stopWaiting } from "./stop";
import { changeTurn, findTurn, forgetTurns, newTurn, putTurn } from "./turns";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const streaming = newTurn({ requestId: "r", phase: "streaming", runId: "run", text: "Half" });

beforeEach(() => {
  forgetTurns();
  vi.clearAllMocks();
  vi.mocked(call).mockResolvedValue({ runId: "run", state: "stopped" });
});

it("says at once that it stops, keeps what was written, and stops once", () => {
  putTurn("c", streaming);
  stop("c", streaming);
  const stopping = findTurn("c", "r");
  expect(stopping).toMatchObject({ isStopping: true, text: "Half" });
  if (stopping) stop("c", stopping);
  expect(call).toHaveBeenCalledOnce();
  expect(call).toHaveBeenCalledWith("runs.stop", { runId: "run" });
});

it("waits for the run of a question that is still on its way", () => {
  const sending = newTurn({ requestId: "r", phase: "sending" });
  putTurn("c", sending);
  stop("c", sending);
  expect(findTurn("c", "r")?.isStopping).toBe(true);
  expect(call).not.toHaveBeenCalled();
  changeTurn("c", "r", { phase: "streaming", runId: "run" });
  stopWaiting("c", "r");
  expect(call).toHaveBeenCalledWith("runs.stop", { runId: "run" });
});

it("leaves a run alone that nobody stopped", () => {
  putTurn("c", streaming);
  stopWaiting("c", "r");
  expect(call).not.toHaveBeenCalled();
});

it("says so when it could not be stopped, and offers it again", async () => {
  vi.mocked(call).mockRejectedValue(new OperationError("UNAVAILABLE", "No connection."));
  putTurn("c", streaming);
  stop("c", streaming);
  await vi.waitFor(() => expect(notify).toHaveBeenCalledOnce());
  expect(findTurn("c", "r")?.isStopping).toBe(false);
});
