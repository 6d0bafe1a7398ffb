import { whenAtRest } from "@/ui/when-at-rest";

/** How often one that comes back to the page asks for a new version. */
const checkMs = 3_600_000;

const reload = () => location.reload();

/**
 * Keeps the app in the browser. `onNewVersion` is told how to begin with a version that has come
 * since this tab began; without that the tab goes on with its own. Ends with what is returned.
 */
export function watchVersions(onNewVersion: (begin: () => void) => void): () => void {
  const container = import.meta.env.HAS_SERVICE_WORKER ? navigator.serviceWorker : undefined;
  if (!container) return () => {};
  const stopped = new AbortController();
  const { signal } = stopped;
  // Another tab has begun with it.
  if (container.controller) {
    container.addEventListener("controllerchange", () => onNewVersion(reload), { signal });
  }
  whenAtRest(() => {
    if (signal.aborted) return;
    register(container, signal, onNewVersion).catch(() => {
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
  const registration = await container.register("/service-worker.js", { updateViaCache: "none" });
  if (signal.aborted) return;
  const tell = (worker: ServiceWorker) => onNewVersion(() => begin(container, worker));
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && container.controller) tell(installing);
    });
  };
  if (registration.waiting && container.controller) tell(registration.waiting);
  follow();
  registration.addEventListener("updatefound", follow, { signal });
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

/** `worker` is asked by name: the registration may not tell yet that it waits. */
function begin(container: ServiceWorkerContainer, worker: ServiceWorker): void {
  if (worker.state !== "installed") {
    reload();
    return;
  }
  container.addEventListener("controllerchange", reload, { once: true });
  // A worker has no origin to name: it is this page's own.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage("take over");
}
