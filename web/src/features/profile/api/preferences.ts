import { useEffect, useMemo, useSyncExternalStore } from "react";

import { call } from "@/contract/call";
import type { UpdatePreferences } from "@/contract/contract.gen";
import { OperationError } from "@/contract/errors";
import { liveDocument, type LiveDocument } from "@/firebase/documents";
import { readFields, readString } from "@/firebase/fields";
import { useLive } from "@/firebase/live";
import type { ThemePreference } from "@/ui/theme";
import { notify } from "@/ui/toast";

export interface Preferences {
  theme: ThemePreference | null;
  defaultModel: string | null;
}

function parsePreferences({ fields }: LiveDocument): Preferences {
  const preferences = readFields(fields, "preferences") ?? {};
  const theme = readString(preferences, "theme");
  return {
    theme: theme === "light" || theme === "dark" || theme === "system" ? theme : null,
    defaultModel: readString(preferences, "defaultModel"),
  };
}

/** The stored preferences with what was just changed on top. Null until they are known. */
export function usePreferences(uid: string): Preferences | null {
  const live = useLive(uid === "" ? null : liveDocument(`users/${uid}`, parsePreferences));
  const changes = useSyncExternalStore(pending.subscribe, pending.get);
  const stored = live.state === "ready" ? live.value : undefined;
  useEffect(() => {
    if (stored) pending.arrived(stored);
  }, [stored]);
  return useMemo(() => {
    if (stored === undefined) return null;
    return { ...(stored ?? { theme: null, defaultModel: null }), ...changes };
  }, [stored, changes]);
}

/** Changes that the listener may not show yet. The last one on a field wins. */
const pending = (() => {
  let changes: Partial<Preferences> = {};
  const listeners = new Set<() => void>();
  return {
    get: () => changes,
    set(next: Partial<Preferences>) {
      changes = next;
      for (const listener of listeners) listener();
    },
    arrived(stored: Preferences) {
      const left = Object.entries(changes).filter(
        ([name, value]) => stored[name as keyof Preferences] !== value,
      );
      if (left.length < Object.keys(changes).length) this.set(Object.fromEntries(left));
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
})();

/** Shows at once; says so and goes back when it could not be kept. */
export async function updatePreferences(change: UpdatePreferences): Promise<void> {
  const before = pending.get();
  const mine = change as Partial<Preferences>;
  pending.set({ ...before, ...mine });
  try {
    await call("people.updatePreferences", change);
  } catch (error) {
    pending.set(before);
    notify("The preference was not saved.", {
      detail: error instanceof OperationError ? error.message : String(error),
    });
  }
}

export function forgetPreferences(): void {
  pending.set({});
}
