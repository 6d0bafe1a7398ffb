/** How often the words of an answer are drawn. Until then what has come waits with the browser. */
const leastMs = 100;
const mostMs = 400;
/**
 * So many times what a step usually takes to be drawn passes between two: a long answer is drawn less
 * often than a short one, and takes no more of the thread.
 */
const apart = 24;
/** A step counts for so much of what is usual: one that was interrupted does not hold the next ones up. */
const weight = 1 / 4;
let steppedAt = 0;
let tookMs = 0;
let usualMs = 0;

/** An answer begins. */
export function startPace(): void {
  steppedAt = 0;
  tookMs = 0;
  usualMs = 0;
}

/** Words are handed on to be drawn. */
export function noteStep(): void {
  steppedAt = performance.now();
}

/** They have been drawn; gives how long the last ones took. */
export function noteDrawn(): number {
  if (steppedAt > 0) {
    tookMs = performance.now() - steppedAt;
    usualMs += (tookMs - usualMs) * weight;
  }
  steppedAt = 0;
  return tookMs;
}

/** Resolves when the next words may be drawn. In a tab that nobody sees the browser takes its time with it. */
export async function nextStep(): Promise<void> {
  const from = performance.now();
  await pause(leastMs);
  const rest = Math.min(apart * usualMs, mostMs) - (performance.now() - from);
  if (rest > 0) await pause(rest);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
