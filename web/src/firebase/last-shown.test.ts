import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { LiveDocument } from "./documents";
import type * as LastShown from "./last-shown";

const key = "colonycraft.last-shown";
const person = (uid: string) => ({ uid, name: null, email: null, photo: null, providers: [] });
const signIn = (uid: string) =>
  localStorage.setItem("colonycraft.person", JSON.stringify(person(uid)));
const documents: LiveDocument[] = [
  { id: "a", fields: { title: "Bees", at: new Date(5), list: [{ at: new Date(6), text: "x" }] } },
];

/** The module as another visit finds it. */
async function visit(): Promise<typeof LastShown> {
  vi.resetModules();
  return import("./last-shown");
}

beforeEach(() => {
  localStorage.clear();
  signIn("ada");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

it("is recalled by the next visit as it was, dates too, until something newer comes", async () => {
  const first = await visit();
  expect(first.recall("list")).toBeUndefined();
  first.keepShown("list", documents);
  vi.advanceTimersByTime(2_000);
  const next = await visit();
  expect(next.recall("list")).toEqual(documents);
  expect(next.wasShown("list")).toBe(true);
  next.keepShown("list", []);
  expect(next.recall("list")).toBeUndefined();
});

it.each(["the page is left", "another page is gone to"])(
  "is kept at once where %s",
  async (how) => {
    const first = await visit();
    first.keepShown("list", documents);
    if (how === "the page is left") {
      vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
      document.dispatchEvent(new Event("visibilitychange"));
    } else dispatchEvent(new Event("pagehide"));
    expect((await visit()).recall("list")).toEqual(documents);
  },
);

it("is what was listened to at last", async () => {
  const first = await visit();
  first.keepShown("closed", documents);
  first.keepShown("open", documents);
  first.dropShown("closed");
  vi.advanceTimersByTime(2_000);
  const next = await visit();
  expect(next.recall("closed")).toBeUndefined();
  expect(next.recall("open")).toEqual(documents);
});

it("leaves out what is too long", async () => {
  const first = await visit();
  first.keepShown("long", [{ id: "a", fields: { text: "x".repeat(300_000) } }]);
  first.keepShown("short", documents);
  vi.advanceTimersByTime(2_000);
  const next = await visit();
  expect(next.recall("long")).toBeUndefined();
  expect(next.recall("short")).toEqual(documents);
});

it("is nobody else's", async () => {
  const first = await visit();
  first.keepShown("list", documents);
  vi.advanceTimersByTime(2_000);
  signIn("eve");
  expect((await visit()).recall("list")).toBeUndefined();
});

it("is gone with the sign-out, also with one in another tab", async () => {
  const first = await visit();
  first.keepShown("list", documents);
  vi.advanceTimersByTime(2_000);
  first.forgetShown();
  expect(localStorage.getItem(key)).toBeNull();
  first.keepShown("list", documents);
  vi.advanceTimersByTime(2_000);
  expect(localStorage.getItem(key)).toBeNull();

  const other = await visit();
  other.keepShown("list", documents);
  localStorage.removeItem("colonycraft.person");
  vi.advanceTimersByTime(2_000);
  expect(localStorage.getItem(key)).toBeNull();
});

it.each([
  "{",
  "7",
  '{"uid":"ada"}',
  '{"uid":"ada","shown":7}',
  '{"uid":"ada","shown":{"list":[7]}}',
])("is not read from %s", async (kept) => {
  localStorage.setItem(key, kept);
  expect((await visit()).recall("list")).toBeUndefined();
});
