/** Asks for the colours of code; they are found in a thread of its own. */
// Vite gives the module that default.
// oxlint-disable-next-line import/default
import address from "./highlighter?worker&url";

export interface ToHighlight {
  id: number;
  code: string;
  language: string;
}

export interface HighlightedLine {
  number: number;
  tokens: { text: string; offset: number; color: string | null }[];
}

export interface ColouredCode {
  id: number;
  lines: HighlightedLine[] | null;
}

type Settle = (lines: HighlightedLine[] | null) => void;

let worker: Worker | null = null;
const waiting = new Map<number, Settle>();
let lastId = 0;

function start(): Worker {
  const started = new Worker(address, { type: "module" });
  started.addEventListener("message", ({ data: { id, lines } }: MessageEvent<ColouredCode>) => {
    waiting.get(id)?.(lines);
    waiting.delete(id);
  });
  // It could not be fetched; the next code asks for it again.
  started.addEventListener("error", () => {
    started.terminate();
    worker = null;
    for (const settle of waiting.values()) settle(null);
    waiting.clear();
  });
  return started;
}

/**
 * Null where there is no grammar for the language, or none can be had; rejects where there are no
 * workers. Colours follow the theme by `light-dark()`.
 */
export async function highlight(code: string, language: string): Promise<HighlightedLine[] | null> {
  worker ??= start();
  const id = (lastId += 1);
  // A worker has one owner.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage({ id, code, language } satisfies ToHighlight);
  return new Promise((settle) => waiting.set(id, settle));
}

/** Fetches what colours code; themes and grammars come with the first of it. */
export async function preload(): Promise<void> {
  await fetch(address);
}
