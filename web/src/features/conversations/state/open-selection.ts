import { create } from "zustand";

/** Several conversations of the list, to be deleted or moved at once. */
export interface Selection {
  chosen: ReadonlySet<string>;
  /** Where the keyboard is. */
  active: string;
  /** Where a range begins. */
  from: string;
}

export const useSelection = create<{ selection: Selection | null }>(() => ({ selection: null }));

export function startSelecting(id: string): void {
  useSelection.setState({ selection: { chosen: new Set([id]), active: id, from: id } });
}

export function forgetSelection(): void {
  useSelection.setState({ selection: null });
}
