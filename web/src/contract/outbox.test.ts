import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  forgetOutbox,
  hasKept,
  keep,
  keepMeanwhile,
  sendAgain,
  startOutbox,
  takeBack,
  type Delivery,
  type Kept,
} from "./outbox";
import * as store from "./outbox-store";

vi.mock("./outbox-store");

/** What the browser keeps, for all tabs. */
let stored: Kept[] = [];
let isOnline = true;
let stop = () => {};
const show = vi.fn<(kept: readonly Kept[]) => void>();
const deliver = vi.fn<(kept: Kept) => Promise<Delivery>>();

const ids = (kept: readonly Kept[] = []) => kept.map(({ requestId }) => requestId);
const sent = () => deliver.mock.calls.map(([{ requestId }]) => requestId);
const put = (requestId: string, conversationId = "c") =>
  keep({ requestId, conversationId, kind: "note", view: null });

/** Pages that are open beside this one. */
let others: string[] = [];

/** One tab holds a lock at a time, as in a browser. */
function locks(): Pick<LockManager, "request" | "query"> {
  const last = new Map<string, Promise<unknown>>();
  const request = (name: string, ...given: unknown[]) => {
    const work = given.at(-1) as () => Promise<unknown>;
    const next = (last.get(name) ?? Promise.resolve()).then(work);
    last.set(
      name,
      next.catch(() => {}),
    );
    return next;
  };
  const query = async () => ({ held: others.map((name) => ({ name })) });
  return { request, query } as Pick<LockManager, "request" | "query">;
}

function goOnline(): void {
  isOnline = true;
  dispatchEvent(new Event("online"));
}

async function untilIdle(): Promise<void> {
  await navigator.locks.request("colonycraft.outbox", async () => {});
}

beforeEach(() => {
  stored = [];
  isOnline = false;
  others = [];
  show.mockReset();
  deliver.mockReset();
  deliver.mockResolvedValue("delivered");
  vi.mocked(store.readKept).mockImplementation(async () => [...stored]);
  vi.mocked(store.addKept).mockImplementation(async (kept) => void stored.push(kept));
  vi.mocked(store.removeKept).mockImplementation(async (requestId) => {
    const before = stored.length;
    stored = stored.filter((kept) => kept.requestId !== requestId);
    return stored.length < before;
  });
  vi.mocked(store.changeKept).mockImplementation(async (requestId, change) => {
    stored = stored.map((kept) => (kept.requestId === requestId ? { ...kept, ...change } : kept));
    return ids(stored).includes(requestId);
  });
  vi.mocked(store.deleteAllKept).mockImplementation(async () => void (stored = []));
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => isOnline);
  Object.defineProperty(navigator, "locks", { value: locks(), configurable: true });
  stop = startOutbox("ada", { note: { show, deliver } });
});
afterEach(() => stop());

describe("without a connection", () => {
  it("keeps and shows what was done, and sends nothing", async () => {
    await put("one");
    await put("two", "d");
    expect(ids(show.mock.lastCall?.[0])).toEqual(["one", "two"]);
    expect(hasKept("c")).toBe(true);
    expect(hasKept("e")).toBe(false);
    expect(deliver).not.toHaveBeenCalled();
  });

  it("gives back what has not gone, once", async () => {
    await put("one");
    expect(await takeBack("one")).toBe(true);
    expect(await takeBack("one")).toBe(false);
    expect(stored).toEqual([]);
    expect(hasKept("c")).toBe(false);
  });

  it("shows on what is being stored while something else changes", async () => {
    await put("one");
    let finish = () => {};
    vi.mocked(store.addKept).mockImplementationOnce(
      (kept) =>
        new Promise((resolve) => {
          finish = () => resolve(void stored.push(kept));
        }),
    );
    const two = put("two");
    await takeBack("one");
    expect(ids(show.mock.lastCall?.[0])).toEqual(["two"]);
    expect(hasKept("c")).toBe(true);
    finish();
    await two;
    expect(ids(show.mock.lastCall?.[0])).toEqual(["two"]);
  });

  it("rejects where the browser keeps nothing", async () => {
    vi.mocked(store.addKept).mockRejectedValueOnce(new Error("refused"));
    await expect(put("one")).rejects.toThrow("refused");
    await put("two");
    expect(ids(show.mock.lastCall?.[0])).toEqual(["two"]);
  });
});

describe("on return", () => {
  it("sends each once, in order", async () => {
    await put("one");
    await put("two", "d");
    await put("three");
    goOnline();
    goOnline();
    await untilIdle();
    await untilIdle();
    expect(sent()).toEqual(["one", "two", "three"]);
    expect(stored).toEqual([]);
    expect(ids(show.mock.lastCall?.[0])).toEqual([]);
  });

  it("leaves to this tab what another one has not sent", async () => {
    await put("one");
    await put("two");
    // Another tab holds the lock, and sends the first one.
    const other = navigator.locks.request("colonycraft.outbox", async () => {
      await store.removeKept("one");
    });
    goOnline();
    await other;
    await untilIdle();
    expect(sent()).toEqual(["two"]);
  });

  it("stops where the connection goes again, and goes on later", async () => {
    await put("one");
    await put("two", "d");
    deliver.mockResolvedValueOnce("unreached");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    goOnline();
    await untilIdle();
    expect(ids(stored)).toEqual(["one", "two"]);
    vi.advanceTimersByTime(1_000);
    await untilIdle();
    vi.useRealTimers();
    expect(sent()).toEqual(["one", "one", "two"]);
    expect(stored).toEqual([]);
  });

  it("tries again ever less often while nothing is reached, and soon after the next return", async () => {
    await put("one");
    deliver.mockResolvedValue("unreached");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const tries = async (ms: number) => {
      vi.advanceTimersByTime(ms);
      await untilIdle();
      return sent().length;
    };
    goOnline();
    await untilIdle();
    const counts = [];
    for (const ms of [1_000, 2_000, 4_000, 8_000, 14_999, 1, 15_000]) counts.push(await tries(ms));
    expect(counts).toEqual([2, 3, 4, 5, 5, 6, 7]);
    deliver.mockResolvedValue("delivered");
    await tries(15_000);
    await put("two");
    deliver.mockResolvedValueOnce("unreached");
    goOnline();
    await untilIdle();
    await tries(1_000);
    vi.useRealTimers();
    expect(stored).toEqual([]);
  });

  it("holds what stands behind a refused one, of its conversation alone", async () => {
    await put("one");
    await put("two");
    await put("three", "d");
    const problem = {
      status: "RESOURCE_EXHAUSTED",
      message: "The budget is used up.",
      details: null,
    };
    deliver.mockResolvedValueOnce(problem);
    goOnline();
    await untilIdle();
    expect(sent()).toEqual(["one", "three"]);
    expect(stored.map((kept) => kept.problem)).toEqual([problem, null]);

    await sendAgain("one");
    await untilIdle();
    expect(sent()).toEqual(["one", "three", "one", "two"]);
    expect(stored).toEqual([]);
  });
});

describe("what is being sent", () => {
  const begin = () =>
    keepMeanwhile({ requestId: "one", conversationId: "c", kind: "note", view: null });

  it("is kept until it is answered, and is not said to wait", async () => {
    isOnline = true;
    const meanwhile = begin();
    await put("two");
    await untilIdle();
    expect(ids(stored)).toEqual(["one"]);
    expect(show.mock.calls.flatMap(([kept]) => ids(kept))).not.toContain("one");
    expect(hasKept("c")).toBe(false);
    expect(sent()).toEqual(["two"]);
    meanwhile.end();
    await vi.waitFor(() => expect(stored).toEqual([]));
  });

  it("waits from when the backend was not reached", async () => {
    const meanwhile = begin();
    expect(await meanwhile.handOver()).toBe(true);
    expect(ids(show.mock.lastCall?.[0])).toEqual(["one"]);
    goOnline();
    await untilIdle();
    expect(sent()).toEqual(["one"]);
    expect(stored).toEqual([]);
  });

  it("cannot wait where the browser keeps nothing", async () => {
    vi.mocked(store.addKept).mockRejectedValueOnce(new Error("refused"));
    expect(await begin().handOver()).toBe(false);
    stop();
    expect(await begin().handOver()).toBe(false);
  });

  it("by a page that is left is sent by the next one; by one that is open it is left to that", async () => {
    stop();
    const left = { uid: "ada", conversationId: "c", kind: "note", view: null, problem: null };
    stored = [
      { ...left, requestId: "one", page: "left" },
      { ...left, requestId: "two", page: "open" },
    ];
    others = ["open"];
    isOnline = true;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    stop = startOutbox("ada", { note: { show, deliver } });
    await vi.waitFor(() => expect(sent()).toEqual(["one"]));
    expect(show.mock.calls.flatMap(([kept]) => ids(kept))).not.toContain("two");
    await untilIdle();
    others = [];
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(sent()).toEqual(["one", "two"]));
  });
});

describe("after a reload", () => {
  it("shows and sends what was kept before", async () => {
    await put("one");
    stop();
    isOnline = true;
    stop = startOutbox("ada", { note: { show, deliver } });
    await vi.waitFor(() => expect(sent()).toEqual(["one"]));
  });

  it("shows nothing of somebody else, and sends nothing", async () => {
    await put("one");
    stop();
    show.mockReset();
    isOnline = true;
    stop = startOutbox("eve", { note: { show, deliver } });
    await put("two");
    await untilIdle();
    expect(sent()).toEqual(["two"]);
    expect(show.mock.calls.flatMap(([kept]) => ids(kept))).not.toContain("one");
    expect(ids(stored)).toEqual(["one"]);
  });

  it("has nothing once it was forgotten", async () => {
    await put("one");
    await forgetOutbox();
    expect(stored).toEqual([]);
  });
});
