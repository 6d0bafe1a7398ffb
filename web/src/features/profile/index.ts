export { forgetPreferences, updatePreferences, usePreferences } from "./api/preferences";
export { SettingsSection } from "./components/settings-section";
export { ThemeChoice } from "./components/theme-choice";
export { useSynchronisedTheme } from "./state/use-synchronised-theme";
