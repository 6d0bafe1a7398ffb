/** What was changed about a conversation's memory and is not saved yet; kept while its dialog is closed. */
import { unsaved } from "./unsaved";

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

export const memoryDrafts = unsaved<MemoryDraft>({});
