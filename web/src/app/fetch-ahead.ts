import { sessionStore } from "@/firebase/auth";

import { router } from "./router";

/**
 * Fetches what this visit most likely leads to while the page's language is, instead of after it.
 */
export function fetchAhead(): void {
  const isSignedIn = sessionStore.get().state === "signed-in";
  const path = isSignedIn ? location.pathname : "/sign-in";
  const parts = router
    .matchRoutes(path, {})
    .map(({ routeId }) => router.loadRouteChunk(router.routesById[routeId]));
  if (isSignedIn) parts.push(import("@/firebase/firestore").then(() => {}));
  for (const part of parts) {
    part?.catch(() => {
      // It is fetched again when it is drawn.
    });
  }
}
