/** What a model wrote in a conversation that can be seen: pages, pictures and diagrams. */
import { Lexer, walkTokens } from "marked";

import { canPreview } from "@/markdown/code-kinds";
import type { Previewed } from "@/markdown/open-preview";

export interface Artefact extends Previewed {
  /** By itself; empty where it has none. */
  title: string;
}

const titles: Record<Previewed["language"], RegExp> = {
  html: /<title>([^<]*)/i,
  mermaid: /^---\n(?:.*\n)*?title:\s*(.*)/,
  svg: /<title[^>]*>([^<]*)/i,
};

export function artefactOf({ code, language }: Previewed): Artefact {
  return { code, language, title: titles[language].exec(code)?.[1]?.trim() ?? "" };
}

function read(text: string): readonly Artefact[] {
  const found: Artefact[] = [];
  void walkTokens(Lexer.lex(text, { gfm: true }), (token) => {
    if (token.type !== "code" || token["codeBlockStyle"] === "indented") return;
    const { lang = "", text: code } = token as { lang?: string; text: string };
    const language = lang.split(/\s/)[0] ?? "";
    if (canPreview(language)) found.push(artefactOf({ code, language }));
  });
  return found;
}

/** Reads the artefacts of texts, each text once. */
export function artefactReader(): (texts: readonly string[]) => readonly Artefact[] {
  const known = new Map<string, readonly Artefact[]>();
  return (texts) =>
    texts.flatMap((text) => {
      const found = known.get(text) ?? (/```|~~~/.test(text) ? read(text) : []);
      known.set(text, found);
      return found;
    });
}

/**
 * The versions of an artefact among all of a conversation, oldest first: those of its kind and title.
 * One that is not among them, since its answer is still being written, is the last.
 */
export function versionsOf(all: readonly Artefact[], opened: Artefact): readonly Artefact[] {
  const versions = all.filter(
    ({ language, title }) => language === opened.language && title === opened.title,
  );
  return placeOf(versions, opened) === -1 ? [...versions, opened] : versions;
}

/** Where it is among its versions. What was opened half-written is found as what became of it. */
export function placeOf(versions: readonly Artefact[], { code }: Previewed): number {
  const wanted = code.trimEnd();
  const exact = versions.findLastIndex((version) => version.code.trimEnd() === wanted);
  if (exact !== -1) return exact;
  return versions.findLastIndex((version) => version.code.startsWith(wanted));
}
