import { preloadBlocks } from "@/markdown";
import { loadable } from "@/ui/loadable";
import { nextTask } from "@/ui/tasks";

/** A new chat does without it. An answer is not to be drawn as plain text first. */
export const Thread = loadable(async () => {
  const [thread] = await Promise.all([import("./thread"), nextTask().then(preloadBlocks)]);
  return thread;
});

export const preloadThread = Thread.preload;
