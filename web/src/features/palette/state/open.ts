import { create } from "zustand";

type Shown = "palette" | "shortcuts" | null;

/** Which of the two is open. */
export const useShown = create<{ shown: Shown }>(() => ({ shown: null }));

export function show(shown: Shown): void {
  useShown.setState({ shown });
}
