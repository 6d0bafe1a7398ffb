/**
 * Keeps the app itself in the browser, so that it opens without a network. It never touches what is
 * anybody's: operations, tokens and documents go past it.
 *
 * Each version has a cache of its own, which stays until the last tab that began with it is closed.
 */
import { languageCache, notedLanguage } from "../i18n/offline";
import type { Shell } from "./shell";

declare const self: ServiceWorkerGlobalScope;
/** Put before this script by the build. */
declare const shell: Shell;

const page = "/";
const cacheName = `shell-${shell.version}`;
const files = new Set(shell.files);

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname === shell.configuration) event.respondWith(configuration(event));
  else if (files.has(pathname) && pathname !== page) event.respondWith(file(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(request));
  // Hosting has pages of its own below that, such as the one that ends a sign-in.
  else if (request.destination === "document" && !pathname.startsWith("/__/")) {
    event.respondWith(file(new Request(page)));
    event.waitUntil(forgetOthers([event.clientId, event.resultingClientId]));
  }
});

async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  const catalogue = shell.catalogues[(await notedLanguage()) ?? ""];
  const paths = [...shell.files, shell.configuration, ...(catalogue ? [catalogue] : [])];
  // Only names with a hash say what is in them; the others are asked for.
  await cache.addAll(
    paths.map(
      (path) => new Request(path, path.startsWith("/assets/") ? {} : { cache: "no-cache" }),
    ),
  );
}

async function begin(): Promise<void> {
  await self.clients.claim();
  await forgetOthers([]);
}

async function known(request: Request): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  const options = { ignoreVary: true };
  // A tab of another version asks for that version's files.
  return (await cache.match(request, options)) ?? caches.match(request, options);
}

async function file(request: Request): Promise<Response> {
  const found = await known(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone());
  return response;
}

/** What is known is taken at once, and known better the next time. */
async function configuration(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const asked = fetch(request).then(async (response) => {
    if (response.ok) await (await caches.open(cacheName)).put(request, response.clone());
    return response;
  });
  const found = await known(request);
  if (!found) return asked;
  event.waitUntil(asked.catch(() => {}));
  return found;
}

/** Forgets the other versions, unless there is a tab beside those `opening` that may have begun with one. */
async function forgetOthers(opening: readonly string[]): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.some(({ id }) => !opening.includes(id))) return;
  for (const name of await caches.keys()) {
    if (name !== cacheName && name !== languageCache) await caches.delete(name);
  }
}
