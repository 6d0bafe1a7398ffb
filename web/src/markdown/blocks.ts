/**
 * Splits a growing text into top-level blocks. Closed blocks are kept as they are; only the tail is
 * read again, so that the cost of a delta does not grow with the answer.
 */
import { Lexer } from "marked";

import { joinFormulas } from "./maths";

export interface Blocks {
  text: string;
  /** Each block's own Markdown, with the link definitions that it may refer to. */
  blocks: readonly string[];
  /** Where the last block, which may still grow, begins. */
  tailStart: number;
  closed: readonly string[];
  definitions: string;
}

export const noBlocks: Blocks = { text: "", blocks: [], tailStart: 0, closed: [], definitions: "" };

/** Remembers what it split last: a text that goes on from there costs what was added. */
export function createSplitter(): (text: string) => readonly string[] {
  let last = noBlocks;
  return (text) => {
    last = splitBlocks(text, last);
    return last.blocks;
  };
}

const leastInGroup = 16;
const endsInHeading = /^ {0,3}#{1,6}(\s.*)?$|\n {0,3}(=+|-+)[ \t]*$/;

/**
 * Puts blocks together, so that a long answer is not one list of hundreds; what has been put together
 * stays so while it grows. A heading never ends a group, as what follows stands close to it.
 */
export function inGroups(blocks: readonly string[]): (readonly string[])[] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const block of blocks) {
    if (group.length === 0) groups.push(group);
    group.push(block);
    if (group.length >= leastInGroup && !endsInHeading.test(block.trimEnd())) group = [];
  }
  return groups;
}

const footnote = /^\[\^[^\]]+\]:/m;

export function splitBlocks(text: string, previous: Blocks): Blocks {
  if (text === previous.text) return previous;
  // A footnote and its note may be far apart: such a text is one block.
  if (footnote.test(text)) return { ...noBlocks, text, blocks: [text] };
  const grows = previous.closed.length > 0 && text.startsWith(previous.text);
  const start = grows ? previous.tailStart : 0;
  const closed = grows ? [...previous.closed] : [];
  let definitions = grows ? previous.definitions : "";
  const found: string[] = [];
  for (const token of Lexer.lex(text.slice(start), { gfm: true })) {
    if (token.type === "def") definitions += `${token.raw.trim()}\n`;
    else if (token.type !== "space") found.push(token.raw);
    else if (found.length > 0) found[found.length - 1] += token.raw;
  }
  const raws = joinFormulas(found);
  const tail = raws.pop();
  closed.push(...raws);
  const blocks = tail === undefined ? closed : [...closed, tail];
  return {
    text,
    blocks:
      definitions === "" ? blocks : blocks.map((block) => withDefinitions(block, definitions)),
    // Marked normalises line ends, so a tail is placed by its length only where it can be found.
    ...tailOf(text, tail, closed),
    definitions,
  };
}

function tailOf(
  text: string,
  tail: string | undefined,
  closed: string[],
): Pick<Blocks, "tailStart" | "closed"> {
  if (tail !== undefined && text.endsWith(tail)) {
    return { tailStart: text.length - tail.length, closed };
  }
  return { tailStart: 0, closed: [] };
}

function withDefinitions(block: string, definitions: string): string {
  return /\[[^\]]*\]/.test(block) && !/^\s*(```|~~~)/.test(block)
    ? `${block}\n\n${definitions}`
    : block;
}
