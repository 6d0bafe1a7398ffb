import { beforeEach, describe, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { readDraft } from "../composer/drafts";
import { forgetTurns, newTurn, turnStore, type Turn } from "../stream/turns";
import { moveInQueue, removeFromQueue } from "./change";
import {
  addToQueue,
  forgetQueued,
  forgetQueues,
  patchQueue,
  queueStore,
  type Waiting,
} from "./queue";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

function waiting(id: string, position: number): Waiting {
  const rest = { branchId: "main", text: id, model: "m/1", problem: null, isSending: false };
  return { id, requestId: `request-${id}`, position, ...rest };
}

const stored = [waiting("a", 1), waiting("b", 2), waiting("c", 3)];
const shown = (from: readonly Waiting[] = stored) =>
  patchQueue(from, queueStore("c").getState()).map(({ text }) => text);
const refusal = new OperationError("UNAVAILABLE", "No connection.");
const question = { branchId: "main", text: "new", model: "m/1" };

beforeEach(() => {
  forgetQueues();
  forgetTurns();
  localStorage.clear();
  vi.clearAllMocks();
});

describe("putting a question into the queue", () => {
  it("shows it at once, and once only when the listener has it", async () => {
    vi.mocked(call).mockResolvedValue({ conversationId: "c", entryId: "n", state: "queued" });
    const adding = addToQueue("c", question);
    expect(shown()).toEqual(["a", "b", "c", "new"]);
    const requestId = queueStore("c").getState().added[0]?.id ?? "";
    const listened = [...stored, { ...waiting("n", 4), requestId, text: "new" }];
    expect(shown(listened)).toEqual(["a", "b", "c", "new"]);
    await adding;
    expect(shown()).toEqual(["a", "b", "c", "new"]);
    expect(shown(listened)).toEqual(["a", "b", "c", "new"]);
    forgetQueued("c", listened, () => false);
    expect(queueStore("c").getState().added).toEqual([]);
  });

  it("waits for the first question of a new chat", async () => {
    vi.mocked(call).mockResolvedValue({ conversationId: "c", entryId: "n", state: "queued" });
    const asked = { isNew: true } as Turn["asked"];
    const first = (phase: Turn["phase"]) => [newTurn({ requestId: "first", phase, asked })];
    turnStore("c").setState({ turns: first("sending") });
    const adding = addToQueue("c", question);
    await Promise.resolve();
    expect(shown()).toEqual(["a", "b", "c", "new"]);
    expect(call).not.toHaveBeenCalled();
    turnStore("c").setState({ turns: first("streaming") });
    await adding;
    expect(call).toHaveBeenCalledOnce();
  });

  it("does not go on showing one that is being answered already", async () => {
    vi.mocked(call).mockResolvedValue({ conversationId: "c", entryId: "n", state: "started" });
    await addToQueue("c", question);
    forgetQueued("c", stored, (entryId) => entryId === "n");
    expect(shown()).toEqual(["a", "b", "c"]);
  });

  it("gives the text back when it is refused", async () => {
    vi.mocked(call).mockRejectedValue(refusal);
    await addToQueue("c", question);
    expect(shown()).toEqual(["a", "b", "c"]);
    expect(readDraft("c")).toBe("new");
  });
});

describe("taking a question out", () => {
  it("hides it at once, and brings it back when it is refused", async () => {
    vi.mocked(call).mockRejectedValue(refusal);
    const removing = removeFromQueue("c", "b");
    expect(shown()).toEqual(["a", "c"]);
    expect(await removing).toBe(false);
    expect(shown()).toEqual(["a", "b", "c"]);
    expect(notify).toHaveBeenCalledOnce();
  });
});

describe("moving a question", () => {
  it.each([
    ["c", "a", ["c", "a", "b"]],
    ["c", "b", ["a", "c", "b"]],
    ["a", null, ["b", "c", "a"]],
    ["a", "c", ["b", "a", "c"]],
  ])("puts %s before %s at once", async (id, before, order) => {
    vi.mocked(call).mockResolvedValue({ conversationId: "c", entryId: id, state: "moved" });
    const moving = moveInQueue("c", stored, id, before);
    expect(shown()).toEqual(order);
    await moving;
    expect(shown()).toEqual(order);
    expect(call).toHaveBeenCalledWith("queue.move", { conversationId: "c", entryId: id, before });
  });

  it("gives way to the position that the server chose", async () => {
    vi.mocked(call).mockResolvedValue({ conversationId: "c", entryId: "a", state: "moved" });
    await moveInQueue("c", stored, "a", null);
    expect(shown([waiting("b", 2), waiting("a", 2.5), waiting("c", 3)])).toEqual(["b", "a", "c"]);
  });

  it("goes back when it is refused", async () => {
    vi.mocked(call).mockRejectedValue(refusal);
    await moveInQueue("c", stored, "a", null);
    expect(shown()).toEqual(["a", "b", "c"]);
  });
});
