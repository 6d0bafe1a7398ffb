import { readdirSync } from "node:fs";

import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

const folder = "src/i18n/locales";

/** A language is a file: what is there is extracted, checked, and offered. */
export default defineConfig({
  sourceLocale: "en",
  locales: readdirSync(new URL(folder, import.meta.url)).map((file) => file.replace(".po", "")),
  catalogs: [
    {
      path: `${folder}/{locale}`,
      include: ["src"],
      // What only the makers see.
      exclude: ["**/*.test.*", "src/testing/**", "src/ui/gallery/**"],
    },
  ],
  // Without a provider: a text can be drawn anywhere, and another language draws all anew.
  runtimeConfigModule: { Trans: ["@/i18n/trans", "Trans"] },
  format: formatter({ lineNumbers: false }),
});
