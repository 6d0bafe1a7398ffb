/**
 * What can be done by a key: the one list that the keys, the hints in menus, the palette and the sheet
 * of shortcuts are made from.
 */
import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { create } from "zustand";

const groups = {
  everywhere: msg`Everywhere`,
  conversation: msg`In a conversation`,
};
export type CommandGroup = keyof typeof groups;
export const commandGroups = Object.keys(groups) as CommandGroup[];

interface Command {
  label: MessageDescriptor;
  group: CommandGroup;
  /** `Mod` is Command on a Mac and Control elsewhere; null where it has no key until it is given one. */
  keys: string | null;
}

export const commands = {
  "open-palette": { label: msg`Open the palette`, group: "everywhere", keys: "Mod+K" },
  "open-shortcuts": { label: msg`Show the shortcuts`, group: "everywhere", keys: "Mod+/" },
  "new-chat": { label: msg`New chat`, group: "everywhere", keys: "Mod+Shift+L" },
  "new-folder": { label: msg`New folder`, group: "everywhere", keys: null },
  "open-settings": { label: msg`Settings`, group: "everywhere", keys: null },
  "open-usage": { label: msg`Usage`, group: "everywhere", keys: null },
  "switch-theme": { label: msg`Switch between light and dark`, group: "everywhere", keys: null },
  "sign-out": { label: msg`Sign out`, group: "everywhere", keys: null },
  "focus-composer": {
    label: msg`Write a message`,
    group: "conversation",
    keys: "Shift+Escape",
  },
  "open-editor": {
    label: msg`Write on the whole page`,
    group: "conversation",
    keys: "Mod+Shift+Enter",
  },
  "choose-model": { label: msg`Choose a model`, group: "conversation", keys: null },
  find: { label: msg`Find in the conversation`, group: "conversation", keys: "Mod+F" },
  "previous-message": {
    label: msg`Previous message`,
    group: "conversation",
    keys: "Alt+ArrowUp",
  },
  "next-message": { label: msg`Next message`, group: "conversation", keys: "Alt+ArrowDown" },
  "edit-last-question": {
    label: msg`Edit the last question`,
    group: "conversation",
    keys: null,
  },
  "copy-last-answer": {
    label: msg`Copy the last answer`,
    group: "conversation",
    keys: "Mod+Shift+X",
  },
  quote: { label: msg`Quote what is selected`, group: "conversation", keys: "Mod+'" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as CommandId[];

export function commandLabel(id: CommandId): string {
  return i18n._(commands[id].label);
}

export function groupLabel(group: CommandGroup): string {
  return i18n._(groups[group]);
}

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
