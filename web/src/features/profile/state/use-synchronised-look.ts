import { useEffect } from "react";

import { languageChoice } from "@/i18n/language";
import { setTheme, useTheme } from "@/ui/theme";

import { usePreferences } from "../api/preferences";

/** Takes over the theme and the language that the person chose on another device. */
export function useSynchronisedLook(uid: string): void {
  const { theme, language } = usePreferences(uid) ?? {};
  useEffect(() => {
    if (theme && theme !== useTheme.getState().preference) setTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (language && language !== languageChoice.use.getState().value) languageChoice.set(language);
  }, [language]);
}
