/** What is selected of the messages; empty where nothing is, or elsewhere. */
export function selectedText(root: HTMLElement | null): string {
  const selection = getSelection();
  if (!root || !selection || selection.isCollapsed) return "";
  const isInside = root.contains(selection.anchorNode) && root.contains(selection.focusNode);
  return isInside ? selection.toString().trim() : "";
}

/** A draft with a passage quoted after what it has already, and room to write below it. */
export function quoted(passage: string, draft: string): string {
  const lines = passage.split("\n").map((line) => `> ${line}`.trimEnd());
  const before = draft.trim() === "" ? "" : `${draft.trimEnd()}\n\n`;
  return `${before}${lines.join("\n")}\n\n`;
}
