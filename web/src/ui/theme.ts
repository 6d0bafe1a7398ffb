import { create } from "zustand";

export type ThemePreference = "light" | "dark" | "system";

/** Also read by public/theme.js before the first paint. */
const storageKey = "colonycraft.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function stored(): ThemePreference {
  try {
    const value = localStorage.getItem(storageKey);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

function apply(preference: ThemePreference): void {
  const dark = preference === "dark" || (preference === "system" && systemIsDark.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute("content", dark ? "#121614" : "#fafaf8");
}

export const useTheme = create<{ preference: ThemePreference }>(() => ({ preference: stored() }));

export function setTheme(preference: ThemePreference): void {
  try {
    localStorage.setItem(storageKey, preference);
  } catch {
    // Without storage it lasts as long as the page.
  }
  useTheme.setState({ preference });
  apply(preference);
}

/** Follows the system, and the other tabs of this browser. */
export function watchTheme(): void {
  systemIsDark.addEventListener("change", () => apply(useTheme.getState().preference));
  addEventListener("storage", (event) => {
    if (event.key !== storageKey) return;
    useTheme.setState({ preference: stored() });
    apply(stored());
  });
}
