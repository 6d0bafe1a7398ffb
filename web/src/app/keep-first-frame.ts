/** Keeps what a conversation looks like when it is left, for public/first-frame.js to draw. */
import { firstFrameKey } from "@/firebase/last-shown";
import { isKeptPerson, sessionStore } from "@/firebase/session";

/** Elements, and characters of what is kept. What is more is not kept, nor looked through. */
const mostElements = 5_000;
const mostKept = 300_000;

type Node = string | [tag: string, attributes: Record<string, string | number>, ...nodes: Node[]];

export function keepFirstFrame(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  addEventListener("pagehide", keep);
}

function keep(): void {
  const session = sessionStore.get();
  const root = document.getElementById("root");
  if (session.state !== "signed-in" || !isKeptPerson(session.person.uid) || !root) return;
  try {
    const isKept =
      root.querySelector("article") && root.getElementsByTagName("*").length <= mostElements;
    const text = isKept ? write(root, session.person.uid) : "";
    if (text === "" || text.length > mostKept) localStorage.removeItem(firstFrameKey);
    else localStorage.setItem(firstFrameKey, text);
  } catch {
    // The next visit begins without.
  }
}

function write(root: Element, uid: string): string {
  const page = document.documentElement;
  const styles = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href;
  const look = JSON.stringify(page.dataset);
  return JSON.stringify({
    of: [uid, location.href, innerWidth, innerHeight, look, styles].join(" "),
    lang: page.lang,
    dir: page.dir,
    nodes: nodesOf(root),
  });
}

function nodesOf(element: Element): Node[] {
  if (element instanceof HTMLTextAreaElement) return [element.value];
  return [...element.childNodes].flatMap((node): Node[] => {
    if (node instanceof Text) return [node.data];
    return node instanceof Element && isSeen(node) ? [nodeOf(node)] : [];
  });
}

function nodeOf(element: Element): Node {
  const attributes: Record<string, string | number> = {};
  for (const { name, value } of element.attributes) attributes[name] = value;
  if (element.scrollTop > 0) attributes["$top"] = element.scrollTop;
  return [element.localName, attributes, ...nodesOf(element)];
}

/** The rows of a list that lie elsewhere take no room in it. */
function isSeen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  if (bottom >= 0 && top <= innerHeight) return true;
  return getComputedStyle(element).position !== "absolute";
}
