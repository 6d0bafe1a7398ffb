import { create } from "zustand";

/** The models beside the chosen one that the next question of a conversation is to be compared with. */
const useComparisons = create<Readonly<Record<string, readonly string[]>>>(() => ({}));
const nothing: readonly string[] = [];

export function useComparison(conversationId: string): readonly string[] {
  return useComparisons((comparisons) => comparisons[conversationId] ?? nothing);
}

export function chooseComparison(conversationId: string, models: readonly string[]): void {
  useComparisons.setState({ [conversationId]: models });
}

export function forgetComparisons(): void {
  useComparisons.setState({}, true);
}
