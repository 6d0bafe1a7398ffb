/** What is kept of a page when it is left, and what public/first-frame.js draws of it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { afterEach, beforeEach, expect, it, vi } from "vitest";

const script = readFileSync(resolve("public/first-frame.js"), "utf8");
const key = "colonycraft.first-frame";
const signIn = (uid: string) =>
  localStorage.setItem("colonycraft.person", JSON.stringify({ uid, providers: [] }));

/** The page as it stands when it is left; `content` is a conversation's unless it says otherwise. */
async function leave(content = "<article><p>Bees swarm.</p></article>"): Promise<HTMLElement> {
  document.body.innerHTML = `<div id="root">${content}</div>`;
  vi.resetModules();
  const { keepFirstFrame } = await import("./keep-first-frame");
  const root = document.getElementById("root");
  if (!root) throw new Error("There is no root.");
  keepFirstFrame();
  dispatchEvent(new Event("pagehide"));
  return root;
}

/** What the next visit begins with. */
function visit(): HTMLElement | null {
  document.body.innerHTML = '<div id="root"></div>';
  // As index.html runs it.
  // oxlint-disable-next-line no-implied-eval, no-new-func
  new Function(script)();
  return document.getElementById("first-frame");
}

beforeEach(() => {
  localStorage.clear();
  document.head.innerHTML = '<link rel="stylesheet" href="/assets/a.css">';
  history.replaceState(null, "", "/c/bees");
  signIn("ada");
});
afterEach(() => vi.restoreAllMocks());

it("is drawn as it was, and can neither be clicked nor read aloud", async () => {
  const root = await leave(
    `<article class="a" style="height: 20px;"><svg viewBox="0 0 2 2"><path d="M0 0"></path></svg>
     <ol start="3"><li>one</li></ol><pre><code>x &lt; y</code></pre></article>`,
  );
  const before = root.innerHTML;
  const frame = visit();
  expect(frame?.innerHTML).toBe(before);
  expect(frame?.querySelector("path")).toBeInstanceOf(SVGElement);
  expect(frame?.inert).toBe(true);
  expect(frame?.ariaHidden).toBe("true");
});

it("shows what has been typed, and lists where they had been scrolled to", async () => {
  const seen = vi.spyOn(Element.prototype, "scrollTop", "get").mockReturnValue(40);
  await leave("<article>Bees</article><textarea>old</textarea>");
  seen.mockRestore();
  const frame = visit();
  expect(frame?.querySelector("article")?.scrollTop).toBe(40);
  document.body.innerHTML = '<div id="root"><article></article><textarea></textarea></div>';
  const typed = document.querySelector("textarea");
  if (typed) typed.value = "half a question";
  dispatchEvent(new Event("pagehide"));
  expect(visit()?.querySelector("textarea")?.value).toBe("half a question");
});

it("is made of text and of what only looks, whatever a page has in it", async () => {
  await leave(
    `<article onclick="run()" id="x">&lt;img src=x onerror=run()&gt;<a href="javascript:run()">a</a>
     <img src="https://bees.example/x.png"><iframe srcdoc="<p>x"></iframe><object data="x"></object>
     <script>run()</script><form action="https://bees.example"><input autofocus name="n"></form></article>`,
  );
  const frame = visit();
  expect(frame?.textContent).toContain("<img src=x onerror=run()>");
  expect(frame?.querySelector("img, iframe, object, script")).toBeNull();
  expect(
    frame?.querySelector("[onclick], [id], [href], [src], [action], [autofocus], [name]"),
  ).toBeNull();
});

it.each<[string, () => void]>([
  ["another person", () => signIn("bob")],
  ["nobody", () => localStorage.removeItem("colonycraft.person")],
  ["another conversation", () => history.replaceState(null, "", "/c/wasps")],
  ["a message of it", () => history.replaceState(null, "", "/c/bees?m=1")],
  ["another size", () => vi.spyOn(globalThis, "innerWidth", "get").mockReturnValue(360)],
  ["another look", () => (document.documentElement.dataset["theme"] = "dark")],
  ["another version", () => (document.head.innerHTML = "<link rel=stylesheet href=/assets/b.css>")],
  ["no styles", () => (document.head.innerHTML = "")],
])("is not drawn for %s", async (_whom, change) => {
  await leave();
  change();
  expect(visit()).toBeNull();
  delete document.documentElement.dataset["theme"];
});

it("is gone with the sign-out, also where another tab is left after it", async () => {
  await leave();
  const { forgetShown } = await import("@/firebase/last-shown");
  forgetShown();
  expect(localStorage.getItem(key)).toBeNull();
  localStorage.removeItem("colonycraft.person");
  document.body.innerHTML = '<div id="root"><article>Bees</article></div>';
  dispatchEvent(new Event("pagehide"));
  expect(localStorage.getItem(key)).toBeNull();
});

it.each([
  ["has no message", "<p>Settings</p>"],
  ["has too much", `<article>${"<b></b>".repeat(5_000)}</article>`],
  ["is too long", `<article>${"x".repeat(300_000)}</article>`],
])("is not that of before where the page %s", async (_what, content) => {
  await leave();
  expect(localStorage.getItem(key)).not.toBeNull();
  await leave(content);
  expect(localStorage.getItem(key)).toBeNull();
});

it.each(["", "null", "{", "[]", '{"of":1}'])("is not drawn of %j", (stored) => {
  localStorage.setItem(key, stored);
  expect(visit()).toBeNull();
});

it("leaves out the rows of a list that are out of sight", async () => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, this.textContent === "far" ? 10_000 : 0, 10, 10);
  });
  await leave(
    '<article><p style="position: absolute">far</p><p style="position: absolute">near</p></article>',
  );
  expect(visit()?.textContent).toBe("near");
});
