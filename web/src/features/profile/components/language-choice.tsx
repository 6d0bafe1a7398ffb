import { t } from "@lingui/core/macro";

import { browserLanguage, languageChoice } from "@/i18n/language";
import { languages, nameOf } from "@/i18n/languages";
import { SelectField } from "@/ui/select-field";

import { updatePreferences } from "../api/preferences";

/** Each language by its own name; the first follows the browser. */
export function LanguageChoice() {
  const { value } = languageChoice.use();
  return (
    <SelectField
      label={t`Language of this page`}
      value={value ?? ""}
      options={[
        { value: "", label: t`As the browser: ${{ language: nameOf(browserLanguage()) }}` },
        ...languages.map((language) => ({ value: language, label: nameOf(language) })),
      ]}
      onChange={(chosen) => {
        const language = chosen || null;
        languageChoice.set(language);
        void updatePreferences({ language });
      }}
    />
  );
}
