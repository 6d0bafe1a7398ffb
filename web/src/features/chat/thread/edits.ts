import { create } from "zustand";

/** Stored questions that are being edited, by their ids: they stay while they are scrolled away. */
const useEdits = create<Readonly<Record<string, string>>>(() => ({}));

export function useEdit(messageId: string | null): string | null {
  return useEdits((edits) => (messageId === null ? null : (edits[messageId] ?? null)));
}

export function writeEdit(messageId: string, text: string): void {
  useEdits.setState({ [messageId]: text });
}

export function dropEdit(messageId: string): void {
  useEdits.setState(({ [messageId]: _dropped, ...edits }) => edits, true);
}

export function forgetEdits(): void {
  useEdits.setState({}, true);
}
