/** Gathers deltas that have come together: the screen changes once for all of them. */
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
  return {
    add(kind, text) {
      gathered[kind] += text;
    },
    flush() {
      if (gathered.text === "" && gathered.reasoning === "") return;
      const due = gathered;
      gathered = { text: "", reasoning: "" };
      commit(due);
    },
  };
}
