import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";
import { Contrast, Monitor, Moon, Sun } from "lucide-react";

import { setTheme, useTheme, type ThemePreference } from "@/ui/theme";

import { updatePreferences } from "../api/preferences";

const choices: { value: ThemePreference; label: MessageDescriptor; Icon: typeof Sun }[] = [
  { value: "light", label: msg`Light`, Icon: Sun },
  { value: "dark", label: msg`Dark`, Icon: Moon },
  { value: "system", label: msg`System`, Icon: Monitor },
  { value: "high-contrast", label: msg`High contrast`, Icon: Contrast },
];

export function ThemeChoice() {
  const { preference } = useTheme();
  return (
    <fieldset>
      <legend className="sr-only">{t`Theme`}</legend>
      <div className="grid max-w-note grid-cols-2 gap-2 lg:grid-cols-4">
        {choices.map(({ value, label, Icon }) => (
          <label
            key={value}
            className="relative flex cursor-pointer flex-col items-center gap-2 rounded-card border border-control bg-raised px-3 py-4 text-center transition-colors text-sm font-medium hover:bg-hover has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              value={value}
              checked={preference === value}
              className="absolute inset-0 cursor-pointer opacity-0"
              onChange={() => {
                setTheme(value);
                void updatePreferences({ theme: value });
              }}
            />
            <Icon size={20} aria-hidden />
            {i18n._(label)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
