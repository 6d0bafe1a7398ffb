/**
 * What the production build in dist/ may weigh, and what it must not contain. Sizes are gzipped.
 * Counted from Vite's manifest: what a page loads before anything has been clicked.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8")) as Record<
  string,
  Chunk
>;

function gzipped(file: string): number {
  return gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024;
}

function find(part: string): string {
  const key = Object.keys(manifest).find((name) => name.includes(part));
  if (key === undefined) throw new Error(`The build has no chunk of ${part}.`);
  return key;
}

function withImports(keys: string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    withImports(manifest[key]?.imports ?? [], seen);
  }
  return seen;
}

/** What index.html runs before anything else. */
const classicScripts = ["theme.js", "first-frame.js"].reduce(
  (total, name) => total + gzipped(name),
  0,
);

function weighFirst(keys: string[]): number {
  return classicScripts + weigh(keys);
}

function weigh(keys: string[]): number {
  return [...withImports(keys)].reduce(
    (total, key) => total + gzipped(manifest[key]?.file ?? ""),
    0,
  );
}

const entry = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
/** What every page fetches besides: it is drawn before this is there. */
const accounts = find("firebase/sdk.ts");
const chat = [
  ...entry,
  accounts,
  find("routes/_workspace.tsx"),
  find("routes/_workspace._chat.tsx"),
];
const firestore = [find("firebase/firestore.ts"), find("firebase/functions.ts")];
/** It is opened from an answer, whose Markdown is drawn. */
const answer = [...chat, find("chat/thread/thread.tsx"), find("markdown/blocks-view.tsx")];
const beyondChat = (parts: string[]) => weigh([...chat, ...parts]) - weigh(chat);
/** What the service worker has fetched once the app is installed. */
function weighKept(): number {
  const worker = readFileSync(new URL("service-worker.js", dist), "utf8");
  const { files } = JSON.parse(/^const shell=(\{.*?\});/.exec(worker)?.[1] ?? "") as {
    files: string[];
  };
  const paths = files.map((path) => (path === "/" ? "index.html" : path.slice(1)));
  return paths.reduce((total, path) => total + gzipped(path), 0);
}

const styles = readdirSync(new URL("assets", dist)).filter((name) => name.endsWith(".css"));

const catalogues = Object.keys(manifest)
  .filter((key) => key.endsWith(".po"))
  .map((key) => manifest[key]?.file ?? "");

const budgets: [what: string, size: number, limit: number][] = [
  ["first load, signed out", weighFirst([...entry, accounts, find("routes/sign-in.tsx")]), 180],
  ["first load, chat", weighFirst(chat), 180],
  ["first load, chat with Firestore", weighFirst([...chat, ...firestore]), 340],
  ["settings, beyond the chat", beyondChat([find("routes/_workspace.settings.tsx")]), 45],
  ["a folder, beyond the chat", beyondChat([find("routes/_workspace.folders.$folderId.tsx")]), 20],
  ["usage, beyond the chat", beyondChat([find("routes/_workspace.usage.tsx")]), 45],
  [
    "checks of usage, beyond the chat",
    beyondChat([find("routes/_workspace.usage_.check.tsx")]),
    45,
  ],
  ["a thread, beyond the chat", beyondChat([find("chat/thread/thread.tsx")]), 20],
  ["a comparison, beyond the chat", beyondChat([find("chat/thread/comparison.tsx")]), 15],
  [
    "an artefact, beyond an answer",
    weigh([...answer, find("chat/artefacts/artefact-panel.tsx")]) - weigh(answer),
    35,
  ],
  ["Markdown", beyondChat([find("markdown/blocks-view.tsx")]), 70],
  ["the largest language", Math.max(0, ...catalogues.map(gzipped)), 30],
  ["kept for when there is no network", weighKept(), 750],
  ["CSS", styles.reduce((total, name) => total + gzipped(`assets/${name}`), 0), 12],
];

let failed = false;
for (const [what, size, limit] of budgets) {
  const over = size > limit;
  failed ||= over;
  console.log(`${over ? "✗" : "✓"} ${what}: ${size.toFixed(1)} of ${limit} KiB`);
}

/** Words of what only a local build may contain: its account chooser, the parts, its addresses, its languages. */
const localWords = [
  "colonycraft.local-accounts",
  "no Google is asked",
  "Every part in all its states",
  "127.0.0.1",
  "ÅƁÇÐ",
];
/** What the SDK warns of when it is pointed at an emulator: only there if the app can do that. */
const emulatorWords = ["Running in emulator mode"];

const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.(js|html|json)$/.test(name),
);
for (const name of scripts) {
  const text = readFileSync(new URL(name, dist), "utf8");
  for (const word of [...localWords, ...emulatorWords]) {
    if (!text.includes(word)) continue;
    failed = true;
    console.log(`✗ ${name} contains “${word}”, which belongs to local builds alone`);
  }
}
process.exit(failed ? 1 : 0);
