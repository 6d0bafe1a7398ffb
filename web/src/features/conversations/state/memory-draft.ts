/** What was changed about a conversation's memory and is not saved yet; kept while its dialog is closed. */
import { create } from "zustand";

/** As they are sent. */
export interface MemorySettings {
  instructions?: string;
  fallbacks?: string[];
  summarise?: boolean;
  cache?: boolean;
}

export interface MemoryDraft extends MemorySettings {
  /** `text` null: it is to be forgotten. `over` is what it was written over. */
  summary?: { text: string | null; over: string | null } | undefined;
}

const useDrafts = create<Readonly<Record<string, MemoryDraft>>>(() => ({}));
const untouched: MemoryDraft = {};

export function useMemoryDraft(conversationId: string): MemoryDraft {
  return useDrafts((drafts) => drafts[conversationId] ?? untouched);
}

export function readMemoryDraft(conversationId: string): MemoryDraft {
  return useDrafts.getState()[conversationId] ?? untouched;
}

export function writeMemoryDraft(conversationId: string, change: MemoryDraft): void {
  useDrafts.setState(({ [conversationId]: draft }) => ({
    [conversationId]: { ...draft, ...change },
  }));
}

export function dropMemoryDraft(conversationId: string): void {
  useDrafts.setState(({ [conversationId]: _dropped, ...drafts }) => drafts, true);
}

export function forgetMemoryDrafts(): void {
  useDrafts.setState({}, true);
}
