import { whenAtRest } from "@/ui/when-at-rest";

/** How often one that comes back to the page asks for a new version. */
const checkMs = 3_600_000;

/**
 * Keeps the app in the browser. `onNewVersion` is told how to begin with a version that has come
 * since this tab began; without that the tab goes on with its own. Ends with what is returned.
 */
export function watchVersions(onNewVersion: (begin: () => void) => void): () => void {
  const container = import.meta.env.HAS_SERVICE_WORKER ? navigator.serviceWorker : undefined;
  if (!container) return () => {};
  const stopped = new AbortController();
  whenAtRest(() => {
    if (stopped.signal.aborted) return;
    register(container, stopped.signal, onNewVersion).catch(() => {
      // The app works without it, but for the network.
    });
  });
  return () => stopped.abort();
}

async function register(
  container: ServiceWorkerContainer,
  signal: AbortSignal,
  onNewVersion: (begin: () => void) => void,
): Promise<void> {
  const isFirst = container.controller === null;
  const registration = await container.register("/service-worker.js", { updateViaCache: "none" });
  if (signal.aborted) return;
  const tell = () => onNewVersion(() => begin(container, registration));
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && container.controller) tell();
    });
  };
  if (registration.waiting && container.controller) tell();
  follow();
  registration.addEventListener("updatefound", follow, { signal });
  // Another tab has begun with it.
  if (!isFirst) container.addEventListener("controllerchange", tell, { signal });
  let checkedAt = Date.now();
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState !== "visible" || Date.now() - checkedAt < checkMs) return;
      checkedAt = Date.now();
      registration.update().catch(() => {
        // The next time, then.
      });
    },
    { signal },
  );
}

function begin(container: ServiceWorkerContainer, { waiting }: ServiceWorkerRegistration): void {
  if (!waiting) {
    location.reload();
    return;
  }
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  // A worker has no origin to name: it is this page's own.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  waiting.postMessage("take over");
}
