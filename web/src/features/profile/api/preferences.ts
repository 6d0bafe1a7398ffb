import { t } from "@lingui/core/macro";
import { useEffect, useMemo } from "react";
import { create } from "zustand";

import { call } from "@/contract/call";
import type { UpdatePreferences } from "@/contract/contract.gen";
import { problemOf } from "@/contract/errors";
import { liveDocument, type LiveDocument } from "@/firebase/documents";
import { readFields, readString, readStrings } from "@/firebase/fields";
import { useLive } from "@/firebase/live";
import { languageOf } from "@/i18n/languages";
import { notify } from "@/ui/notify";
import { themeOf, type ThemePreference } from "@/ui/theme";

export interface Preferences {
  theme: ThemePreference | null;
  /** Null: as the browser asks for, or one that this version does not speak. */
  language: string | null;
  defaultModel: string | null;
  /** Ratings and sessions may be counted. */
  metrics: boolean;
  /** They come first where a model is chosen. */
  pinnedModels: readonly string[];
}

function parsePreferences({ fields }: LiveDocument): Preferences {
  const preferences = readFields(fields, "preferences") ?? {};
  return {
    theme: themeOf(readString(preferences, "theme")),
    language: languageOf(readString(preferences, "language")),
    defaultModel: readString(preferences, "defaultModel"),
    metrics: preferences["metrics"] !== false,
    pinnedModels: readStrings(preferences, "pinnedModels"),
  };
}

const unset = parsePreferences({ id: "", fields: {} });

/** Changes that the listener may not show yet. The last one on a field wins. */
const usePending = create<{ changes: Partial<Preferences> }>(() => ({ changes: {} }));

function forgetArrived(stored: Preferences): void {
  const { changes } = usePending.getState();
  const left: Partial<Preferences> = { ...changes };
  if (left.theme === stored.theme) delete left.theme;
  if (left.language === stored.language) delete left.language;
  if (left.defaultModel === stored.defaultModel) delete left.defaultModel;
  if (left.metrics === stored.metrics) delete left.metrics;
  if (left.pinnedModels?.join() === stored.pinnedModels.join()) delete left.pinnedModels;
  if (Object.keys(left).length < Object.keys(changes).length)
    usePending.setState({ changes: left });
}

/** The stored preferences with what was just changed on top. Null until they are known. */
export function usePreferences(uid: string): Preferences | null {
  const live = useLive(uid === "" ? null : liveDocument(`users/${uid}`, parsePreferences));
  const changes = usePending((state) => state.changes);
  const stored = live.state === "ready" ? live.value : undefined;
  useEffect(() => {
    if (stored) forgetArrived(stored);
  }, [stored]);
  return useMemo(() => {
    if (stored === undefined) return null;
    return { ...(stored ?? unset), ...changes };
  }, [stored, changes]);
}

/** Shows at once; says so and goes back when it could not be kept. */
export async function updatePreferences(change: UpdatePreferences): Promise<void> {
  const before = usePending.getState().changes;
  const mine = change as Partial<Preferences>;
  usePending.setState({ changes: { ...before, ...mine } });
  try {
    await call("people.updatePreferences", change);
  } catch (error) {
    usePending.setState({ changes: before });
    notify(t`The preference was not saved.`, {
      detail: problemOf(error).message,
    });
  }
}

export function pinModels(pinnedModels: string[]): void {
  void updatePreferences({ pinnedModels });
}

export function forgetPreferences(): void {
  usePending.setState({ changes: {} });
}
