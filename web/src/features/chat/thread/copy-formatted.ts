import { t } from "@lingui/core/macro";

import { notify } from "@/ui/notify";

import { articleOf } from "./reveal";

const notContent = "button, figcaption, iframe, .sr-only, [aria-hidden=true]";
const looks = ["class", "style", "tabindex", "role", "title"];

/** Puts a message on the clipboard as it is seen, for a word processor or a mail; as Markdown elsewhere. */
export async function copyFormatted(key: string, markdown: string): Promise<void> {
  const text = articleOf(document, key)?.querySelector("[data-text]");
  if (!text) return;
  const html = new Blob([withoutLooks(text)], { type: "text/html" });
  const plain = new Blob([markdown], { type: "text/plain" });
  try {
    await navigator.clipboard.write([
      new ClipboardItem({ "text/html": html, "text/plain": plain }),
    ]);
    notify(t`Copied with its formatting.`);
  } catch {
    notify(t`The browser did not allow copying.`);
  }
}

/** Its HTML without what belongs to this page. */
export function withoutLooks(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const one of copy.querySelectorAll(notContent)) one.remove();
  for (const one of copy.querySelectorAll("*")) {
    for (const name of looks) one.removeAttribute(name);
  }
  for (const table of copy.querySelectorAll("table")) table.setAttribute("border", "1");
  return copy.innerHTML;
}
