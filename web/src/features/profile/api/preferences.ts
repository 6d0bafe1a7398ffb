import { t } from "@lingui/core/macro";
import { useEffect, useMemo } from "react";
import { create } from "zustand";

import { call } from "@/contract/call";
import type { UpdatePreferences } from "@/contract/contract.gen";
import { offlineError, problemOf, UnreachedError } from "@/contract/errors";
import { keep, type Delivery, type Part } from "@/contract/outbox";
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

type Changes = Partial<Preferences>;

/** Names what of the outbox is shown and delivered here; one goes after the other. */
export const preferenceKind = "preferences";

interface Pending {
  /** What the listener may not show yet. The last one on a field wins. */
  changes: Changes;
  /** Not delivered: what is stored may be older, also where it is the same. */
  waiting: Changes;
}

const usePending = create<Pending>(() => ({ changes: {}, waiting: {} }));

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function without(changes: Changes, isGone: (field: keyof Changes) => boolean): Changes {
  const fields = Object.keys(changes) as (keyof Changes)[];
  const left = fields.filter((field) => !isGone(field));
  return Object.fromEntries(left.map((field) => [field, changes[field]]));
}

function forgetArrived(stored: Preferences, { changes, waiting }: Pending): void {
  const left = without(
    changes,
    (field) => !(field in waiting) && isSame(changes[field], stored[field]),
  );
  if (!isSame(left, changes)) usePending.setState({ changes: left });
}

/** The stored preferences with what was just changed on top. Null until they are known. */
export function usePreferences(uid: string): Preferences | null {
  const live = useLive(uid === "" ? null : liveDocument(`users/${uid}`, parsePreferences));
  const pending = usePending();
  const stored = live.state === "ready" ? live.value : undefined;
  useEffect(() => {
    if (stored) forgetArrived(stored, pending);
  }, [stored, pending]);
  return useMemo(() => {
    if (stored === undefined) return null;
    return { ...(stored ?? unset), ...pending.changes };
  }, [stored, pending]);
}

/** Shows at once, and goes through the outbox: a reload or a lost connection takes nothing back. */
export async function updatePreferences(change: UpdatePreferences): Promise<void> {
  const { changes, waiting } = usePending.getState();
  const mine = change as Changes;
  usePending.setState({ changes: { ...changes, ...mine }, waiting: { ...waiting, ...mine } });
  const requestId = crypto.randomUUID();
  const kept = { requestId, conversationId: preferenceKind, kind: preferenceKind, view: change };
  try {
    await keep(kept);
  } catch {
    // This browser keeps nothing.
    if ((await send(change)) === "unreached") takeBack(change, offlineError().message);
    usePending.setState({ waiting: {} });
  }
}

async function send(change: UpdatePreferences): Promise<Delivery> {
  try {
    await call("people.updatePreferences", change);
  } catch (error) {
    const { status, message } = problemOf(error);
    if (error instanceof UnreachedError || status === "UNAUTHENTICATED") return "unreached";
    takeBack(change, message);
  }
  return "delivered";
}

/** Shows what is stored instead, and says why. */
function takeBack(refused: UpdatePreferences, detail: string): void {
  const { changes } = usePending.getState();
  const left = without(changes, (field) => isSame(changes[field], refused[field]));
  usePending.setState({ changes: left });
  notify(t`The preference was not saved.`, { detail });
}

export const keptPreferences: Part = {
  show(kept) {
    const waiting: Changes = Object.assign({}, ...kept.map(({ view }) => view));
    usePending.setState(({ changes }) => ({ changes: { ...changes, ...waiting }, waiting }));
  },
  deliver: ({ view }) => send(view as UpdatePreferences),
};

export function pinModels(pinnedModels: string[]): void {
  void updatePreferences({ pinnedModels });
}

export function forgetPreferences(): void {
  usePending.setState({ changes: {}, waiting: {} });
}
