import { create } from "zustand";

/** The answer that somebody has just called bad: why is asked below it. */
const useAsked = create<{ messageId: string | null }>(() => ({ messageId: null }));

export function useAsksForReasons(messageId: string): boolean {
  return useAsked((state) => state.messageId === messageId);
}

export function askForReasons(messageId: string | null): void {
  useAsked.setState({ messageId });
}
