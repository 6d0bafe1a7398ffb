import { firstFrameTaken, hasFirstFrame } from "./first-frame";

/** A tab that nobody sees is not painted, nor does every browser tell. */
const patienceMs = 1_000;

let told: Promise<void> | null = null;
/**
 * Resolves once the page is on the screen. What is not needed for that waits for it: on a slow
 * connection both would share the line, and on a slow processor the thread.
 */
export function painted(): Promise<void> {
  told ??= firstPaint();
  return told;
}

function firstPaint(): Promise<void> {
  if (hasFirstFrame) return firstFrameTaken;
  if (document.visibilityState === "hidden" || !isTold()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName("first-contentful-paint").length > 0) done();
    });
    const timer = setTimeout(done, patienceMs);
    function done() {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    }
    observer.observe({ type: "paint", buffered: true });
  });
}

function isTold(): boolean {
  return (
    typeof PerformanceObserver === "function" &&
    PerformanceObserver.supportedEntryTypes.includes("paint")
  );
}
