/** Where something stands in the messages: found in their text, shown in the page. */
import { plainText } from "@/markdown/plain-text";

import type { Entry } from "./entries";

export interface Hit {
  /** The entry's. */
  key: string;
  /** Which of the hits in that message, from 0. */
  nth: number;
}

/** A question of a person, as one looks for words: any letter case, any white space. */
function patternOf(query: string): RegExp | null {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const escaped = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(escaped.join("\\s+"), "giu");
}

const texts = new WeakMap<Entry, string>();

function textOf(entry: Entry): string {
  let text = texts.get(entry);
  if (text === undefined) {
    text = entry.kind === "question" ? entry.text : plainText(entry.text);
    texts.set(entry, text);
  }
  return text;
}

/** Every place in the messages, from the first to the last. */
export function findHits(entries: readonly Entry[], query: string): Hit[] {
  const pattern = patternOf(query);
  if (!pattern) return [];
  return entries.flatMap((entry) =>
    [...textOf(entry).matchAll(pattern)].map((_match, nth) => ({ key: entry.key, nth })),
  );
}

const notText = "button, figcaption, .sr-only, [aria-hidden=true]";

/** The same places in an article that is in the page. */
export function rangesIn(article: HTMLElement, query: string): Range[] {
  const pattern = patternOf(query);
  if (!pattern) return [];
  const nodes = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("[data-text]") && !node.parentElement.closest(notText)
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  const parts: { node: Node; start: number }[] = [];
  let whole = "";
  let block: Element | null = null;
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const own = node.parentElement?.closest("p, li, td, th, h3, h4, h5, h6, pre, [data-text]");
    // Words of two blocks are not one word.
    if (block !== null && own !== block) whole += "\n";
    block = own ?? null;
    parts.push({ node, start: whole.length });
    whole += node.textContent ?? "";
  }
  return [...whole.matchAll(pattern)].map((match) => {
    const range = document.createRange();
    const [from, to] = [match.index, match.index + match[0].length];
    const first = parts.findLast(({ start }) => start <= from);
    const last = parts.findLast(({ start }) => start < to);
    if (first) range.setStart(first.node, from - first.start);
    if (last)
      range.setEnd(last.node, Math.min(to - last.start, last.node.textContent?.length ?? 0));
    return range;
  });
}
