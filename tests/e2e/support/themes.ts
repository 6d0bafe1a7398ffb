import type { Page } from "@playwright/test";

/** How a system asks for each theme. */
export const themes = {
  light: { colorScheme: "light", contrast: "no-preference" },
  dark: { colorScheme: "dark", contrast: "no-preference" },
  "light-contrast": { colorScheme: "light", contrast: "more" },
  "dark-contrast": { colorScheme: "dark", contrast: "more" },
} as const;

export type Theme = keyof typeof themes;

export const themeNames = Object.keys(themes) as Theme[];

/** Changes the theme of an open page, as the system does at dusk. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ ...themes[theme], reducedMotion: "reduce" });
  const [scheme, contrast = "normal"] = theme.split("-");
  const value = contrast === "contrast" ? "more" : contrast;
  await page.locator(`html[data-theme="${scheme}"][data-contrast="${value}"]`).waitFor();
}
