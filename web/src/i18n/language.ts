import { i18n } from "@lingui/core";
import { create } from "zustand";

import { keptChoice } from "@/ui/kept";

import { directionOf, languageFor, languageOf, loadMessages, sourceLanguage } from "./languages";
import { noteLanguage } from "./offline";

/** What the person chose; null: as the browser asks for. */
export const languageChoice = keptChoice<string | null>("language", null, (kept) =>
  typeof kept === "string" ? (languageOf(kept) ?? undefined) : undefined,
);

/** The one that is on the screen. */
export const useLanguage = create<{ language: string }>(() => ({ language: sourceLanguage }));

export function browserLanguage(): string {
  return navigator.languages.map(languageFor).find(Boolean) ?? sourceLanguage;
}

function wanted(): string {
  return languageChoice.use.getState().value ?? browserLanguage();
}

/** Dates and numbers are written as in the person's own country. */
function regional(language: string): string {
  return navigator.languages.find((tag) => languageFor(tag) === language) ?? language;
}

/** Loads the language that is wanted and puts it on the screen, unless another is wanted by then. */
async function apply(): Promise<void> {
  const language = wanted();
  const messages = await loadMessages(language);
  if (language !== wanted()) return;
  i18n.loadAndActivate({ locale: language, locales: regional(language), messages });
  const root = document.documentElement;
  root.lang = language;
  root.dir = directionOf(language);
  useLanguage.setState({ language });
  void noteLanguage(language === sourceLanguage ? null : language);
}

/** Resolves once texts can be asked for; follows what is chosen here or in another tab. */
export async function startLanguage(): Promise<void> {
  i18n.loadAndActivate({ locale: sourceLanguage, messages: {} });
  languageChoice.use.subscribe(() => void apply().catch(stay));
  await apply().catch(stay);
}

function stay(): void {
  // Its file did not come: what is on the screen can be read.
}
