/** Gathers deltas and hands them on in steps: the screen need not change with each of them. */
const leastMs = 120;
const mostMs = 400;
/** So many times what the last step took to be drawn passes between two: less often where that is long. */
const apart = 8;
let steppedAt = 0;
let tookMs = 0;

/** The last step has been drawn; gives how long that took. */
export function noteDrawn(): number {
  if (steppedAt > 0) tookMs = performance.now() - steppedAt;
  steppedAt = 0;
  return tookMs;
}

export interface Gathered {
  text: string;
  reasoning: string;
}

export interface Deltas {
  add(kind: keyof Gathered, text: string): void;
  flush(): void;
}

export function createDeltas(commit: (gathered: Gathered) => void): Deltas {
  let gathered: Gathered = { text: "", reasoning: "" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.text === "" && gathered.reasoning === "") return;
    const due = gathered;
    gathered = { text: "", reasoning: "" };
    steppedAt = performance.now();
    commit(due);
  }
  return {
    add(kind, text) {
      gathered[kind] += text;
      timer ??= setTimeout(flush, Math.min(Math.max(leastMs, apart * tookMs), mostMs));
    },
    flush,
  };
}
