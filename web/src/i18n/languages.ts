import type { Messages } from "@lingui/core";

/** Its texts are in the code; the catalogue of each other language is a file of the build. */
export const sourceLanguage = "en";

type Catalogue = () => Promise<{ messages: Messages }>;

const files = import.meta.glob<{ messages: Messages }>(["./locales/*.po", "!./locales/en.po"]);

const catalogues = new Map<string, Catalogue>(
  Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.po$/g, ""), load]),
);
/** Each text with accents, so that one that nobody can translate is seen. */
const pseudoLanguage = "en-XA";
if (import.meta.env.MODE === "emulator") {
  catalogues.set(pseudoLanguage, () => import("./pseudo"));
}

/** Tags (BCP 47) of the languages that the product speaks. */
export const languages: readonly string[] = [sourceLanguage, ...catalogues.keys()];

export function languageOf(value: string | null): string | null {
  return languages.find((language) => language === value) ?? null;
}

/** Nothing where a language is that of the code. Rejects where its file could not be loaded. */
export async function loadMessages(language: string): Promise<Messages> {
  return (await catalogues.get(language)?.())?.messages ?? {};
}

/** What a language calls itself. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
}

export function directionOf(language: string): "ltr" | "rtl" {
  return /^(ar|fa|he|ur)\b/.test(language) ? "rtl" : "ltr";
}

/** Which of the languages is the same as what a browser asks for, in the same script. */
export function languageFor(tag: string): string | undefined {
  const wanted = new Intl.Locale(tag).maximize();
  return languages.find((language) => {
    const offered = new Intl.Locale(language).maximize();
    return (
      language !== pseudoLanguage &&
      offered.language === wanted.language &&
      offered.script === wanted.script
    );
  });
}
