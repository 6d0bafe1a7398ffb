/** Where the service worker, which knows no other storage of the page, finds which language to keep. */
export const languageCache = "language";
const path = "/language";

/** Null: that of the code, of which there is nothing to keep. */
export async function noteLanguage(language: string | null): Promise<void> {
  // Not there where the page is not safe, and refused in some private windows.
  if (!("caches" in globalThis)) return;
  try {
    if (language === null) await caches.delete(languageCache);
    else await (await caches.open(languageCache)).put(path, new Response(language));
  } catch {
    // Without a network the texts are those of the code then.
  }
}

export async function notedLanguage(): Promise<string | null> {
  const noted = await caches.match(path, { cacheName: languageCache });
  return (await noted?.text()) ?? null;
}
