import { sessionStore } from "@/firebase/auth";

import { router } from "./router";

/** Fetches what this visit most likely leads to while the page's language is, instead of after it. */
export function fetchAhead(): void {
  const isSignedIn = sessionStore.get().state === "signed-in";
  fetchPage(isSignedIn ? location.pathname : "/sign-in")
    // What fills the page comes after what draws it: on a slow connection they would share it.
    .then(() => (isSignedIn ? import("@/firebase/firestore") : null))
    .catch(() => {
      // It is fetched again when it is drawn.
    });
}

async function fetchPage(path: string): Promise<void> {
  await Promise.all(
    router
      .matchRoutes(path, {})
      .map(async ({ routeId }) => router.loadRouteChunk(router.routesById[routeId])),
  );
}
