export {
  forgetPreferences,
  keptPreferences,
  pinModels,
  preferenceKind,
  updatePreferences,
  usePreferences,
} from "./api/preferences";
export { LanguageChoice } from "./components/language-choice";
export { ReadingChoices } from "./components/reading-choices";
export { SettingsSection } from "./components/settings-section";
export { ThemeChoice } from "./components/theme-choice";
export { useSynchronisedLook } from "./state/use-synchronised-look";
