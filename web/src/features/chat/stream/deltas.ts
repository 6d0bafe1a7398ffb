/** Gathers deltas and hands them on at most every 120 ms: the screen need not change more often. */
const commitMs = 120;

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
    commit(due);
  }
  return {
    add(kind, text) {
      gathered[kind] += text;
      timer ??= setTimeout(flush, commitMs);
    },
    flush,
  };
}
