import { t } from "@lingui/core/macro";

const isMac = navigator.platform.startsWith("Mac");
/** Characters that would be lost among the others. */
const spelled: Record<string, string> = { " ": "Space", "+": "Plus" };
const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph"]);

/** What a browser needs itself, or does not let a page have. */
const taken = new Set(
  ["Mod+C", "Mod+V", "Mod+X", "Mod+A", "Mod+Z", "Mod+T", "Mod+W", "Mod+N", "Mod+R", "Mod+L"].concat(
    ["Mod+P", "Mod+Q", "Mod+Shift+T", "Mod+Shift+W", "Mod+Shift+N", "Mod+Shift+R", "Mod+Shift+Z"],
  ),
);

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What was pressed, in the words of the shortcuts: “Mod+Shift+L”. Null for a modifier alone. */
export function keysOf(event: Pressed): string | null {
  const { key, code } = event;
  if (modifiers.has(key)) return null;
  // On a layout without Latin letters, the key that has one elsewhere.
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const name =
    letter && !/^[a-z]$/i.test(key) ? letter : key.length === 1 ? key.toUpperCase() : key;
  // Shift makes another character of one that is no letter: it is in the character already.
  const isShifted = event.shiftKey && (name.length > 1 || /[A-Z]/.test(name));
  return [
    (isMac ? event.metaKey : event.ctrlKey) ? "Mod" : null,
    event.altKey ? "Alt" : null,
    isShifted ? "Shift" : null,
    spelled[name] ?? name,
  ]
    .filter((part) => part !== null)
    .join("+");
}

/** Why a command cannot have these keys; null where it can. */
export function whyNot(keys: string): string | null {
  if (!/^(Mod|Alt)\+/.test(keys) && !/^(Shift\+)?(F\d+|Escape)$/.test(keys)) {
    return isMac ? t`Hold Command or Option as well.` : t`Hold Control or Alt as well.`;
  }
  return taken.has(keys) ? t`The browser needs these keys.` : null;
}

const names: Record<string, string> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** Keys as they are written on the keyboard, one text each. */
export function keyNames(keys: string): string[] {
  return keys.split("+").map((key) => names[key] ?? key);
}
