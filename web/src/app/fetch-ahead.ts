import { preloadThread } from "@/features/chat";
import { sessionStore } from "@/firebase/auth";
import { wasShown } from "@/firebase/last-shown";
import { warmUpMarkdown } from "@/markdown";
import { nextTask } from "@/ui/tasks";

import { router } from "./router";

/**
 * Fetches what this visit most likely leads to while the page's language is, instead of after it.
 * Resolves once the page can be drawn: a conversation that was shown last with its messages.
 */
export async function fetchAhead(): Promise<void> {
  const isSignedIn = sessionStore.get().state === "signed-in";
  const page = fetchPage(isSignedIn ? location.pathname : "/sign-in");
  const [, conversation] = /^\/c\/([\w-]+)$/.exec(location.pathname) ?? [];
  const hasMessages = conversation !== undefined && wasShown(`conversations/${conversation}`);
  const thread = hasMessages ? nextTask().then(preloadThread).then(warmUpMarkdown) : null;
  await Promise.all([page, thread]).catch(() => {
    // It is fetched again when it is drawn.
  });
}

/** The browser takes its time to begin with each file: not with all of them in one piece. */
async function fetchPage(path: string): Promise<void> {
  let turn = Promise.resolve();
  await Promise.all(
    router.matchRoutes(path, {}).map(async ({ routeId }) => {
      turn = turn.then(nextTask);
      await turn;
      await router.loadRouteChunk(router.routesById[routeId]);
    }),
  );
}
