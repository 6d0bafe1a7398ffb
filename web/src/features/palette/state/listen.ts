import { runCommand } from "@/ui/commands";
import { keysOf } from "@/ui/keys";
import { commandOf } from "@/ui/shortcuts";

/** Toasts are dialogs that are not modal; a closed drawer stays in the page. */
const openDialog = "[role=dialog]:not([aria-modal=false], [hidden])";

/** Does what a key is for, wherever the focus is; what cannot be done here is left to the browser. */
export function listenForKeys(): () => void {
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isTypingOver(event)) return;
  const keys = keysOf(event);
  const command = keys === null ? null : commandOf(keys);
  // Behind a dialog nothing is done, except that the palette's own keys close it again.
  const isBehind = document.querySelector(openDialog) !== null;
  if (command === null || (isBehind && !command.startsWith("open-"))) return;
  if (runCommand(command)) event.preventDefault();
}

/** Keys that move the caret belong to a field in which something is written. */
function isTypingOver({ target, key }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return isField && target.value !== "" && key.startsWith("Arrow");
}
