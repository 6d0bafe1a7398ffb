import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { minifySync, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { compileMessages } from "./scripts/compile-messages.ts";
import { serviceWorker } from "./scripts/service-worker-plugin.ts";

const firebaseDefaults = {
  projectId: "demo-colonycraft",
  region: "us-central1",
  functions: "http://127.0.0.1:5001/demo-colonycraft/us-central1",
  auth: "http://127.0.0.1:9099",
  firestore: { host: "127.0.0.1", port: 8080 },
  storage: { host: "127.0.0.1", port: 9199 },
  apiKey: "local",
};

/** Local builds carry the emulators' addresses; a deployed app asks Hosting for its own. */
function localConfiguration(): Plugin {
  return {
    name: "colonycraft:local-configuration",
    apply: (_config, { command, mode }) => command === "build" && mode === "emulator",
    generateBundle() {
      const source = process.env["LOCAL_CONFIG"] ?? JSON.stringify(firebaseDefaults);
      this.emitFile({ type: "asset", fileName: "config.json", source });
    },
  };
}

/** What index.html runs before anything else is minified as the rest is. */
function smallClassicScripts(): Plugin {
  return {
    name: "colonycraft:small-classic-scripts",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      for (const name of ["theme.js", "first-frame.js"]) {
        const path = join(dir, name);
        writeFileSync(path, minifySync(name, readFileSync(path, "utf8")).code);
      }
    },
  };
}

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      routesDirectory: "src/routes",
      generatedRouteTree: "src/app/routeTree.gen.ts",
      quoteStyle: "double",
      semicolons: true,
    }),
    react(),
    lingui(),
    babel({
      presets: [
        {
          preset: {
            plugins: [
              ["@lingui/babel-plugin-lingui-macro", { descriptorFields: "message" }],
              compileMessages,
            ],
          },
          rolldown: { filter: { code: /from "@lingui\/(core|react)\/macro"/ } },
        },
      ],
    }),
    tailwindcss(),
    localConfiguration(),
    smallClassicScripts(),
    serviceWorker(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    manifest: true,
    reportCompressedSize: false,
    // The content security policy has no data: for fonts, scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What every page begins with, and what most pages share: each is smaller as one file.
      output: {
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"], priority: 1 },
            // Of what these and a few pages show each is too small to be a file of its own.
            {
              name: "sidebar",
              test: /lucide.*(?:chart-column|keyboard|chevrons-up-down|square-pen)\.|when-at-rest|asked-reasons/,
              priority: 1,
              includeDependenciesRecursively: false,
            },
            {
              name: "reading",
              test: /ui\/(?:toolbar|csv)\.|use-problem-text|markdown\/(?:code-(?:kinds|text)|highlight)/,
              priority: 1,
              includeDependenciesRecursively: false,
            },
            // Each file that a page waits for is one more to ask for. Formulas and highlighting come apart.
            {
              name: "markdown",
              test: /node_modules\/(?:property-information|space-separated-tokens|comma-separated-tokens|hast-util-whitespace|ccount|marked|react-markdown)\//,
              priority: 1,
            },
            {
              name: "shared",
              // No page begins with these, or with the library that they bring along; who signs in needs
              // a field and nothing else of them. No chat begins with a budget or a problem.
              test: /\/src\/(?!ui\/(?:dialog|key-hint|list-popup|menu-popup|segmented-control|select-field|shortcuts|switch|table|text-area|text-field|toolbar)|features\/models\/components\/model-facts|features\/usage\/state\/budgets|i18n\/(?:amounts|budgets)|contract\/use-problem)|lucide|@lingui\/react/,
              minShareCount: 3,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
      // An index only passes names on: a page loads what it uses of a feature, not all of it.
      treeshake: {
        moduleSideEffects: [{ test: /\/src\/features\/[^/]+\/index\.ts$/, sideEffects: false }],
      },
    },
    // scripts/budgets.ts weighs what a page loads; the largest chunk is the grammar of C++.
    chunkSizeWarningLimit: 900,
  },
  worker: { format: "es" },
  test: {
    // One page for each worker instead of one for each file, each file isolated all the same.
    pool: "vmThreads",
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
