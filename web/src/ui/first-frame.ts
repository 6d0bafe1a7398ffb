/**
 * What public/first-frame.js has drawn of the last visit, over a page that is not there yet. What follows
 * in the first script waits until that is on the screen.
 */
import { nextTask } from "./tasks";

const drawn = document.getElementById("first-frame");
/** A tab that nobody sees is not painted. */
const patienceMs = 300;

let tell = () => {};
/** Resolves once the page itself is to be seen. */
export const firstFrameTaken = new Promise<void>((resolve) => (tell = resolve));
export const hasFirstFrame = drawn !== null;

if (drawn) await nextFrame();
else tell();

/** The page is there: it is as it will be two frames after it has been drawn. */
export async function takeFirstFrame(): Promise<void> {
  if (!drawn) return;
  await nextFrame();
  await nextFrame();
  drawn.remove();
  document.getElementById("root")?.style.removeProperty("opacity");
  tell();
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs);
    requestAnimationFrame(() => void nextTask().then(resolve));
  });
}
