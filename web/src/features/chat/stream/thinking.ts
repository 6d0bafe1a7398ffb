import type { Gathered } from "./deltas";
import type { Turn } from "./turns";

/** When this tab saw a model begin to think, and to write: milliseconds of `performance.now()`. */
export interface Thinking {
  since: number;
  until: number | null;
}

/** What a turn's thinking is once more of its answer has come. */
export function thinkingWith({ thinking, text }: Turn, added: Gathered): Thinking | null {
  const now = performance.now();
  if (thinking === null) {
    return added.reasoning !== "" && text === "" ? { since: now, until: null } : null;
  }
  return thinking.until === null && added.text !== "" ? { ...thinking, until: now } : thinking;
}
