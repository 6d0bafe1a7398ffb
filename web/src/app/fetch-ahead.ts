import { wasSignedIn } from "@/firebase/auth";

import { router } from "./router";

/**
 * Fetches the page that this visit most likely leads to while it is found out who is signed in,
 * instead of after it.
 */
export function fetchAhead(): void {
  const path = wasSignedIn() ? location.pathname : "/sign-in";
  const parts = router
    .matchRoutes(path, {})
    .map(({ routeId }) => router.loadRouteChunk(router.routesById[routeId]));
  if (wasSignedIn()) parts.push(import("@/firebase/firestore").then(() => {}));
  for (const part of parts) {
    part?.catch(() => {
      // It is fetched again when it is drawn.
    });
  }
}
