import { beforeEach, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { OperationError, UnreachedError } from "@/contract/errors";
import { hasKept, keep, keepMeanwhile } from "@/contract/outbox";
import { notify } from "@/ui/notify";

import { dropAllPatches, patchList, patchStore } from "../state/patches";
import { conversation } from "../testing/conversation";
import { keptWrites } from "./outbox";
import { deleteSeveral, moveSeveral } from "./several";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/contract/outbox", () => ({
  hasKept: vi.fn(),
  keep: vi.fn(),
  keepMeanwhile: vi.fn(),
}));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const at = new Date(Date.UTC(2026, 10, 28));
const changed = { conversationIds: [], changedAt: new Date(at.getTime() + 1).toISOString() };
const conversations = Array.from({ length: 250 }, (_, index) =>
  conversation(`c${index}`, { title: `Title ${index}`, updatedAt: at }),
);
const end = vi.fn<() => void>();
const few = conversations.slice(0, 2);
const shown = () => patchList(conversations, patchStore.getState().patches).length;
const undo = () => vi.mocked(notify).mock.calls[0]?.[1]?.undo?.();
const sent = () => vi.mocked(call).mock.calls.map(([name]) => name);

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(keepMeanwhile).mockReturnValue({ end, handOver: async () => true });
  dropAllPatches();
});

it("more than an operation takes go in batches, and are hidden at once", async () => {
  vi.mocked(call).mockResolvedValue(changed);
  deleteSeveral(conversations, () => {});
  expect(shown()).toBe(0);
  expect(notify).toHaveBeenCalledWith("250 conversations deleted.", expect.anything());
  await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(3));
  const sizes = vi
    .mocked(call)
    .mock.calls.map(([, input]) => (input as { conversationIds: string[] }).conversationIds.length);
  expect(sizes).toEqual([100, 100, 50]);
  // Kept until each is answered.
  await vi.waitFor(() => expect(end).toHaveBeenCalledTimes(3));
});

it("a batch that is refused is shown again, and how many that are is said", async () => {
  vi.mocked(call).mockResolvedValueOnce(changed);
  vi.mocked(call).mockRejectedValueOnce(new OperationError("NOT_FOUND", "Not there."));
  vi.mocked(call).mockResolvedValueOnce(changed);
  deleteSeveral(conversations, () => {});
  await vi.waitFor(() =>
    expect(notify).toHaveBeenCalledWith("100 conversations were not deleted.", {
      detail: "Not there.",
    }),
  );
  expect(shown()).toBe(100);
});

it("they are back at once, but restored only when their deletion has been answered", async () => {
  let answer: (output: typeof changed) => void = () => {};
  const deleting = new Promise<typeof changed>((resolve) => {
    answer = resolve;
  });
  vi.mocked(call).mockReturnValueOnce(deleting);
  vi.mocked(call).mockResolvedValueOnce(changed);
  deleteSeveral(few, () => {});
  undo();
  expect(shown()).toBe(250);
  await Promise.resolve();
  expect(sent()).toEqual(["conversations.deleteSeveral"]);
  answer(changed);
  await vi.waitFor(() =>
    expect(sent()).toEqual(["conversations.deleteSeveral", "conversations.restoreSeveral"]),
  );
});

it("those that are in the folder already are not moved", async () => {
  vi.mocked(call).mockResolvedValue(changed);
  const inside = few.map((one, index) => ({ ...one, folderId: index === 0 ? "f" : null }));
  moveSeveral(inside, "f");
  await vi.waitFor(() => expect(call).toHaveBeenCalledOnce());
  expect(call).toHaveBeenCalledWith(
    "conversations.moveSeveral",
    expect.objectContaining({ conversationIds: ["c1"], folderId: "f" }),
  );
});

it("what cannot be reached is kept as one, and shown after a reload", async () => {
  vi.mocked(call).mockRejectedValue(new UnreachedError("You are offline."));
  deleteSeveral(few, () => {});
  await vi.waitFor(() => expect(keepMeanwhile).toHaveBeenCalledOnce());
  const [kept] = vi.mocked(keepMeanwhile).mock.calls[0] ?? [];
  expect(kept).toMatchObject({ conversationId: "c0", kind: "conversation" });
  dropAllPatches();
  expect(shown()).toBe(250);
  expect(end).not.toHaveBeenCalled();
  if (!kept) throw new Error("It was kept.");
  keptWrites.show([{ ...kept, uid: "u", problem: null, page: null }]);
  expect(shown()).toBe(248);
});

it("what is done waits behind what waits for one of them", async () => {
  vi.mocked(hasKept).mockImplementation((id) => id === "c1");
  deleteSeveral(few, () => {});
  await vi.waitFor(() => expect(keep).toHaveBeenCalledOnce());
  expect(call).not.toHaveBeenCalled();
});
