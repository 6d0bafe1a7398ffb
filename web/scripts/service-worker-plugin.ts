/** Makes /service-worker.js, which has to know the names of all files of the build. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build, type Plugin, type Rolldown } from "vite";

import type { Shell } from "../src/service-worker/shell.ts";

const root = new URL("../", import.meta.url);
const folder = new URL("src/service-worker/", root);

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

/** The language that a chunk has the texts of. */
function languageOf(output: Output): string | undefined {
  const ids = output.type === "chunk" ? output.moduleIds : [];
  return ids.map((id) => /\/locales\/(.*)\.po$/.exec(id)?.[1]).find(Boolean);
}

/**
 * What colours code comes with the first of it, a grammar with the first in its language, what draws
 * formulas with the first of them, alphabets when they are written in, texts when their language is
 * chosen.
 */
function isKept(output: Output): boolean {
  if (languageOf(output) !== undefined) return false;
  if (output.type === "chunk") return !output.moduleIds.some((id) => /\/katex\//.test(id));
  return output.fileName.endsWith(".css") || /-latin-wght-normal-.*\.woff2$/.test(output.fileName);
}

function hashOf(contents: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}

function shellOf(bundle: Rolldown.OutputBundle, configuration: string): Shell {
  const assets = Object.values(bundle).filter(({ fileName }) => fileName.startsWith("assets/"));
  // What is in the sandbox is opened by frames that no service worker serves.
  const named = readdirSync(new URL("public", root), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const page = bundle["index.html"];
  const version = hashOf([
    ...assets.map(({ fileName }) => fileName),
    page?.type === "asset" ? page.source : "",
    ...named.map((name) => readFileSync(new URL(`public/${name}`, root))),
    // A kept page keeps the headers that it came with.
    readFileSync(new URL("../firebase.json", root)),
  ]);
  const files = [
    "/",
    ...named.map((name) => `/${name}`),
    ...assets.filter(isKept).map(({ fileName }) => `/${fileName}`),
  ];
  const catalogues = Object.fromEntries(
    assets.flatMap((output) => {
      const language = languageOf(output);
      return language === undefined ? [] : [[language, `/${output.fileName}`]];
    }),
  );
  return { version, files, catalogues, configuration };
}

/** One script without imports: not every browser has workers that are modules. */
async function compile(name: string): Promise<string> {
  const result = await build({
    root: fileURLToPath(root),
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      write: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(name, folder)),
        output: { format: "iife" },
      },
    },
  });
  if (!("output" in result)) throw new Error(`${name} is not one script.`);
  return result.output[0].code;
}

export function serviceWorker(): Plugin {
  let isWatching = false;
  let isLocal = false;
  return {
    name: "colonycraft:service-worker",
    enforce: "post",
    config: ({ build: { watch } = {} }) => ({
      define: { "import.meta.env.HAS_SERVICE_WORKER": JSON.stringify(!watch) },
    }),
    configResolved(config) {
      isWatching = config.build.watch !== null;
      isLocal = config.mode === "emulator";
    },
    async generateBundle(_options, bundle) {
      const configuration = isLocal ? "/config.json" : "/__/firebase/init.json";
      const source = isWatching
        ? await compile("retired.ts")
        : `const shell=${JSON.stringify(shellOf(bundle, configuration))};${await compile("service-worker.ts")}`;
      this.emitFile({ type: "asset", fileName: "service-worker.js", source });
    },
  };
}
