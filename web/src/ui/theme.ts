import { create } from "zustand";

/** High contrast is light or dark as the system is. */
export const themes = ["light", "dark", "system", "high-contrast"] as const;
export type ThemePreference = (typeof themes)[number];

/** Also read by public/theme.js before the first paint. */
const storageKey = "colonycraft.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const systemWantsContrast = matchMedia("(prefers-contrast: more)");

export function themeOf(value: string | null): ThemePreference | null {
  return themes.find((theme) => theme === value) ?? null;
}

function stored(): ThemePreference {
  try {
    return themeOf(localStorage.getItem(storageKey)) ?? "system";
  } catch {
    return "system";
  }
}

function apply(preference: ThemePreference): void {
  const root = document.documentElement;
  const follows = preference !== "light" && preference !== "dark";
  root.dataset["theme"] = (follows ? systemIsDark.matches : preference === "dark")
    ? "dark"
    : "light";
  const wantsContrast = preference === "high-contrast" || systemWantsContrast.matches;
  root.dataset["contrast"] = wantsContrast ? "more" : "normal";
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute("content", getComputedStyle(root).backgroundColor);
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

function follow(): void {
  apply(useTheme.getState().preference);
}

/** Follows the system, and the other tabs of this browser. */
export function watchTheme(): void {
  follow();
  systemIsDark.addEventListener("change", follow);
  systemWantsContrast.addEventListener("change", follow);
  addEventListener("storage", (event) => {
    if (event.key !== storageKey) return;
    useTheme.setState({ preference: stored() });
    apply(stored());
  });
}
