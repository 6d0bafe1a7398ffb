/**
 * What was typed and not sent, one draft a conversation, kept over reloads. The stored copy of a
 * question goes only when the backend has it.
 */
import { create } from "zustand";

interface Draft {
  text: string;
  /** Why the text is back here. */
  note: string | null;
}

const prefix = "colonycraft.draft.";
const empty: Draft = { text: "", note: null };

const useDrafts = create<Record<string, Draft>>(() => ({}));

function stored(conversationId: string): string {
  try {
    return localStorage.getItem(prefix + conversationId) ?? "";
  } catch {
    return "";
  }
}

export function useDraft(conversationId: string): Draft {
  const draft = useDrafts((drafts) => drafts[conversationId]);
  if (draft) return draft;
  const text = stored(conversationId);
  return text === "" ? empty : { text, note: null };
}

export function readDraft(conversationId: string): string {
  return useDrafts.getState()[conversationId]?.text ?? stored(conversationId);
}

export function writeDraft(conversationId: string, text: string, note: string | null = null): void {
  useDrafts.setState({ [conversationId]: { text, note } });
  try {
    if (text === "") localStorage.removeItem(prefix + conversationId);
    else localStorage.setItem(prefix + conversationId, text);
  } catch {
    // Kept as long as the page.
  }
}

/** Empties the composer; the stored copy stays until the question has been accepted. */
export function takeDraft(conversationId: string): void {
  useDrafts.setState({ [conversationId]: empty });
}

/** Forgets the stored copy of this question, unless the next one is there already. */
export function clearStoredDraft(conversationId: string, question: string | null): void {
  if (useDrafts.getState()[conversationId]?.text || stored(conversationId) !== question) return;
  try {
    localStorage.removeItem(prefix + conversationId);
  } catch {
    // There was nothing to forget.
  }
}

export function hasStoredDraft(conversationId: string): boolean {
  return stored(conversationId) !== "";
}

export function forgetDrafts(): void {
  useDrafts.setState({}, true);
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  } catch {
    // There was nothing to forget.
  }
}
