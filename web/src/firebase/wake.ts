import { startPlatform } from "./app";

/** An instance stays awake for longer than that. */
const wakeMs = 300_000;
const wokenAt = new Map<string, number>();

/** Wakes a function that may sleep, so that what follows need not wait for its start. */
export function wake(name: string): void {
  const now = Date.now();
  if (!navigator.onLine || now - (wokenAt.get(name) ?? 0) < wakeMs) return;
  wokenAt.set(name, now);
  startPlatform()
    .then(({ configuration }) =>
      fetch(`${configuration.functions}/${name}`, { method: "HEAD", mode: "no-cors" }),
    )
    // Who asks will find out.
    .catch(() => wokenAt.delete(name));
}
