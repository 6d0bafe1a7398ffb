import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Artefact } from "./artefacts";

const kinds: Record<Artefact["language"], MessageDescriptor> = {
  html: msg`Page`,
  mermaid: msg`Diagram`,
  svg: msg`Picture`,
};

/** What it calls itself, or what it is. */
export function nameOf({ title, language }: Artefact): string {
  return title === "" ? i18n._(kinds[language]) : title;
}
