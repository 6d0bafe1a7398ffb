import { useEffect } from "react";

import { setTheme, useTheme } from "@/ui/theme";

import { usePreferences } from "../api/preferences";

/** Takes over the theme that the person chose on another device. */
export function useSynchronisedTheme(uid: string): void {
  const stored = usePreferences(uid)?.theme;
  useEffect(() => {
    if (stored && stored !== useTheme.getState().preference) setTheme(stored);
  }, [stored]);
}
