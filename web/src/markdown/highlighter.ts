/** Colours code in a thread of its own: a grammar is compiled with its first code, which takes its time. */
import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

import type { ColouredCode, HighlightedLine, ToHighlight } from "./highlight";

/** Each grammar is a chunk of its own, loaded with the first code in that language. */
const grammars = {
  bash: () => import("shiki/langs/bash.mjs"),
  c: () => import("shiki/langs/c.mjs"),
  cpp: () => import("shiki/langs/cpp.mjs"),
  csharp: () => import("shiki/langs/csharp.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  diff: () => import("shiki/langs/diff.mjs"),
  dockerfile: () => import("shiki/langs/dockerfile.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  java: () => import("shiki/langs/java.mjs"),
  javascript: () => import("shiki/langs/javascript.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  jsx: () => import("shiki/langs/jsx.mjs"),
  kotlin: () => import("shiki/langs/kotlin.mjs"),
  lua: () => import("shiki/langs/lua.mjs"),
  markdown: () => import("shiki/langs/markdown.mjs"),
  php: () => import("shiki/langs/php.mjs"),
  python: () => import("shiki/langs/python.mjs"),
  r: () => import("shiki/langs/r.mjs"),
  ruby: () => import("shiki/langs/ruby.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  swift: () => import("shiki/langs/swift.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  tsx: () => import("shiki/langs/tsx.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  xml: () => import("shiki/langs/xml.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
};

type Grammar = keyof typeof grammars;

const aliases: Record<string, Grammar> = {
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  docker: "dockerfile",
  golang: "go",
  js: "javascript",
  kt: "kotlin",
  md: "markdown",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  ts: "typescript",
  yml: "yaml",
  zsh: "bash",
};

function grammarOf(language: string): Grammar | null {
  const name = language.toLowerCase();
  if (Object.hasOwn(grammars, name)) return name as Grammar;
  return aliases[name] ?? null;
}

let highlighter: Promise<HighlighterCore> | null = null;

async function highlight({ code, language }: ToHighlight): Promise<HighlightedLine[] | null> {
  const grammar = grammarOf(language);
  if (grammar === null) return null;
  highlighter ??= createHighlighterCore({
    themes: [
      import("shiki/themes/github-light-default.mjs"),
      import("shiki/themes/github-dark-default.mjs"),
    ],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  }).catch((failure: unknown) => {
    highlighter = null;
    throw failure;
  });
  const core = await highlighter;
  if (!core.getLoadedLanguages().includes(grammar)) {
    await core.loadLanguage(await grammars[grammar]());
  }
  const { tokens } = core.codeToTokens(code, {
    lang: grammar,
    themes: { light: "github-light-default", dark: "github-dark-default" },
    // Comments as the theme has them are too faint on our ground (4.2:1).
    colorReplacements: { "#6e7781": "#59636e" },
    defaultColor: "light-dark()",
  });
  return tokens.map((line, number) => ({
    number,
    tokens: line.map(({ content, offset, htmlStyle }) => ({
      text: content,
      offset,
      color: htmlStyle?.["color"] ?? null,
    })),
  }));
}

addEventListener("message", ({ data }: MessageEvent<ToHighlight>) => {
  const answer = (lines: HighlightedLine[] | null) =>
    // A worker has one owner.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    postMessage({ id: data.id, lines } satisfies ColouredCode);
  highlight(data).then(answer, () => answer(null));
});
