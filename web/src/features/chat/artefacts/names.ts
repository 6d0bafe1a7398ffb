import type { Artefact } from "./artefacts";

const kinds: Record<Artefact["language"], string> = {
  html: "Page",
  mermaid: "Diagram",
  svg: "Picture",
};

/** What it calls itself, or what it is. */
export function nameOf({ title, language }: Artefact): string {
  return title === "" ? kinds[language] : title;
}
