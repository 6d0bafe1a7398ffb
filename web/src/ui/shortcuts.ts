/**
 * What can be done by a key: the one list that the keys, the hints in menus, the palette and the sheet
 * of shortcuts are made from.
 */
import { create } from "zustand";

interface Command {
  label: string;
  group: "Everywhere" | "In a conversation";
  /** `Mod` is Command on a Mac and Control elsewhere; null where it has no key until it is given one. */
  keys: string | null;
}

export const commands = {
  "open-palette": { label: "Open the palette", group: "Everywhere", keys: "Mod+K" },
  "open-shortcuts": { label: "Show the shortcuts", group: "Everywhere", keys: "Mod+/" },
  "new-chat": { label: "New chat", group: "Everywhere", keys: "Mod+Shift+L" },
  "new-folder": { label: "New folder", group: "Everywhere", keys: null },
  "open-settings": { label: "Settings", group: "Everywhere", keys: null },
  "open-usage": { label: "Usage", group: "Everywhere", keys: null },
  "switch-theme": { label: "Switch between light and dark", group: "Everywhere", keys: null },
  "sign-out": { label: "Sign out", group: "Everywhere", keys: null },
  "focus-composer": {
    label: "Write a message",
    group: "In a conversation",
    keys: "Shift+Escape",
  },
  "choose-model": { label: "Choose a model", group: "In a conversation", keys: null },
  find: { label: "Find in the conversation", group: "In a conversation", keys: "Mod+F" },
  "previous-message": {
    label: "Previous message",
    group: "In a conversation",
    keys: "Alt+ArrowUp",
  },
  "next-message": { label: "Next message", group: "In a conversation", keys: "Alt+ArrowDown" },
  "edit-last-question": {
    label: "Edit the last question",
    group: "In a conversation",
    keys: null,
  },
  "copy-last-answer": {
    label: "Copy the last answer",
    group: "In a conversation",
    keys: "Mod+Shift+X",
  },
  quote: { label: "Quote what is selected", group: "In a conversation", keys: "Mod+'" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as CommandId[];

type OwnKeys = Readonly<Partial<Record<CommandId, string | null>>>;

const storageKey = "colonycraft.keys";

function stored(): OwnKeys {
  try {
    const known = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Record<string, unknown>;
    const kept = commandIds
      .map((id) => [id, known[id]] as const)
      .filter(([, keys]) => keys === null || typeof keys === "string");
    return Object.fromEntries(kept);
  } catch {
    return {};
  }
}

const useOwnKeys = create<{ own: OwnKeys }>(() => ({ own: stored() }));

function keep(own: OwnKeys): void {
  useOwnKeys.setState({ own });
  try {
    localStorage.setItem(storageKey, JSON.stringify(own));
  } catch {
    // Without storage they last as long as the page.
  }
}

function keysIn(own: OwnKeys, id: CommandId): string | null {
  const mine = own[id];
  return mine === undefined ? commands[id].keys : mine;
}

/** The keys of every command, as the person has them in this browser. */
export function useKeys(): (id: CommandId) => string | null {
  const { own } = useOwnKeys();
  return (id) => keysIn(own, id);
}

/** Gives a command other keys, or none. Another command that had them loses them. */
export function assignKeys(id: CommandId, keys: string | null): void {
  const { own } = useOwnKeys.getState();
  const others = commandIds.filter((other) => other !== id && keys && keysIn(own, other) === keys);
  const without = Object.fromEntries(others.map((other) => [other, null]));
  keep({ ...own, ...without, [id]: keys });
}

/** All keys as they were at first. */
export function forgetKeys(): void {
  keep({});
}

export function commandOf(keys: string): CommandId | null {
  const { own } = useOwnKeys.getState();
  return commandIds.find((id) => keysIn(own, id) === keys) ?? null;
}
