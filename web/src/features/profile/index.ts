export { forgetPreferences, updatePreferences, usePreferences } from "./api/preferences";
export { ReadingChoices } from "./components/reading-choices";
export { SettingsSection } from "./components/settings-section";
export { ThemeChoice } from "./components/theme-choice";
export { useSynchronisedTheme } from "./state/use-synchronised-theme";
