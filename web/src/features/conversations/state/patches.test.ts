import { beforeEach, describe, expect, it } from "vitest";

import { firstBranch, type Conversation } from "../api/conversations";
import { conversation } from "../testing/conversation";
import {
  addPatch,
  dropAllPatches,
  dropPatch,
  forgetArrived,
  patchDocument,
  patchList,
  patchStore,
  settlePatch,
} from "./patches";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 12, minute));

const list = (documents: Conversation[]) => patchList(documents, patchStore.getState().patches);
const titles = (documents: Conversation[]) => list(documents).map(({ title }) => title);

beforeEach(dropAllPatches);

describe("a renaming", () => {
  const rename = (requestId: string, title: string) =>
    addPatch({ requestId, conversationId: "a", change: { title } });

  it("shows at once and rolls back when it is refused", () => {
    rename("r1", "new");
    expect(titles([conversation("a")])).toEqual(["new"]);
    dropPatch("r1");
    expect(titles([conversation("a")])).toEqual(["a"]);
  });

  it("stays until the listener shows its request", () => {
    rename("r1", "new");
    settlePatch("r1", at(5));
    expect(titles([conversation("a")])).toEqual(["new"]);
    const arrived = conversation("a", { title: "new", requestId: "r1", updatedAt: at(5) });
    forgetArrived([arrived]);
    expect(patchStore.getState().patches).toEqual([]);
    expect(titles([arrived])).toEqual(["new"]);
  });

  it("gives way to a later one made elsewhere", () => {
    rename("r1", "mine");
    settlePatch("r1", at(5));
    const theirs = conversation("a", { title: "theirs", requestId: "x", updatedAt: at(6) });
    expect(titles([theirs])).toEqual(["theirs"]);
  });

  it("is covered by the next one, whichever reply comes first", () => {
    rename("r1", "first");
    rename("r2", "second");
    const second = conversation("a", { title: "second", requestId: "r2", updatedAt: at(5) });
    expect(titles([second])).toEqual(["second"]);
    expect(patchDocument(second, "a", patchStore.getState().patches)?.title).toBe("second");
  });
});

describe("a deletion", () => {
  const remove = () =>
    addPatch({ requestId: "d1", conversationId: "a", change: { state: "deleted" } });

  it("hides at once and comes back when it is refused", () => {
    remove();
    expect(list([conversation("a")])).toEqual([]);
    dropPatch("d1");
    expect(titles([conversation("a")])).toEqual(["a"]);
  });

  it("takes along what came before it once the list has lost the conversation", () => {
    addPatch({ requestId: "q1", conversationId: "a", change: {}, put: conversation("a") });
    settlePatch("q1", new Date(0));
    remove();
    settlePatch("d1", at(5));
    forgetArrived([]);
    expect(patchStore.getState().patches).toEqual([]);
    expect(list([])).toEqual([]);
  });

  it("can be undone before and after it has arrived", () => {
    remove();
    const undo = () =>
      addPatch({
        requestId: "u1",
        conversationId: "a",
        change: { state: "active" },
        put: conversation("a"),
      });
    undo();
    expect(titles([conversation("a")])).toEqual(["a"]);
    settlePatch("d1", at(5));
    forgetArrived([]);
    expect(titles([])).toEqual(["a"]);
    settlePatch("u1", at(6));
    forgetArrived([]);
    expect(titles([])).toEqual(["a"]);
    forgetArrived([conversation("a", { requestId: "u1", updatedAt: at(6) })]);
    expect(patchStore.getState().patches).toEqual([]);
  });
});

describe("what is done to several at once", () => {
  const remove = () => {
    for (const conversationId of ["a", "b"]) {
      addPatch({ requestId: "d1", conversationId, change: { state: "deleted" } });
    }
  };
  const all = ["a", "b", "c"].map((id) => conversation(id));

  it("shows at once in each of them, and comes back in each when it is refused", () => {
    remove();
    expect(titles(all)).toEqual(["c"]);
    dropPatch("d1");
    expect(titles(all)).toEqual(["a", "b", "c"]);
  });

  it("is forgotten in each when the list has caught up", () => {
    remove();
    settlePatch("d1", at(5));
    forgetArrived([conversation("b"), conversation("c")]);
    expect(titles([conversation("b"), conversation("c")])).toEqual(["c"]);
    forgetArrived([conversation("c")]);
    expect(patchStore.getState().patches).toEqual([]);
  });
});

describe("a pinned message", () => {
  const pin = (requestId: string, pinned: string[]) =>
    addPatch({ requestId, conversationId: "a", change: { pinned } });
  const pinnedOf = (document: Conversation) =>
    patchDocument(document, "a", patchStore.getState().patches)?.pinned;

  it("shows at once, and not any more when it is refused", () => {
    pin("p1", ["m1"]);
    expect(pinnedOf(conversation("a"))).toEqual(["m1"]);
    dropPatch("p1");
    expect(pinnedOf(conversation("a"))).toEqual([]);
  });

  it("leaves the rest of the conversation as the listener shows it", () => {
    pin("p1", ["m1"]);
    const answered = conversation("a", { title: "A title", instructions: "Be brief." });
    expect(patchDocument(answered, "a", patchStore.getState().patches)).toEqual({
      ...answered,
      pinned: ["m1"],
    });
  });

  it("stays when the one before it arrives", () => {
    pin("p1", ["m1"]);
    pin("p2", ["m1", "m2"]);
    const first = conversation("a", { pinned: ["m1"], requestId: "p1", updatedAt: at(5) });
    forgetArrived([first]);
    expect(pinnedOf(first)).toEqual(["m1", "m2"]);
  });
});

describe("a branch that is opened", () => {
  it("stays open, and its conversation in its place, until the listener shows it", () => {
    const other = Object.fromEntries(Object.values(firstBranch).map((branch) => ["other", branch]));
    const branches = { ...firstBranch, ...other };
    const before = conversation("a", { branches, updatedAt: at(3) });
    const others = [conversation("b", { updatedAt: at(4) })];
    addPatch({ requestId: "o1", conversationId: "a", change: { activeBranch: "other" } });
    settlePatch("o1", at(5));
    forgetArrived([before]);
    expect(list([...others, before]).map((one) => one.activeBranch)).toEqual(["main", "other"]);
    forgetArrived([{ ...before, requestId: "x", changedAt: at(6) }]);
    expect(patchStore.getState().patches).toEqual([]);
  });
});

describe("a question", () => {
  it("puts a new conversation at the top until the listener has it", () => {
    const put = conversation("n", { title: "new chat", updatedAt: at(9) });
    addPatch({ requestId: "q1", conversationId: "n", change: { updatedAt: at(9) }, put });
    expect(titles([conversation("a")])).toEqual(["new chat", "a"]);
    forgetArrived([conversation("n", { requestId: "q1" }), conversation("a")]);
    expect(patchStore.getState().patches).toEqual([]);
  });

  it("moves its conversation up", () => {
    addPatch({ requestId: "q1", conversationId: "b", change: { updatedAt: at(9) } });
    expect(titles([conversation("a"), conversation("b")])).toEqual(["b", "a"]);
  });
});
