/** Without a file or an answer for so long, a page has what it began with. */
const restMs = 1_000;

/** Runs once the page has loaded nothing for a while: what it needs itself goes first. */
export function whenAtRest(run: () => void): void {
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  const wait = () => setTimeout(rest, restMs);
  let timer = wait();
  const observer = new PerformanceObserver(() => {
    clearTimeout(timer);
    timer = wait();
  });
  function rest() {
    observer.disconnect();
    idle(() => run());
  }
  observer.observe({ type: "resource" });
}
