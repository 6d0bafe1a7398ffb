import { forgetSelection, useSelection, type Selection } from "./open-selection";

/** Chooses one, or no longer. */
export function toggled({ chosen }: Selection, id: string): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, active: id, from: id };
}

/** Chooses all between the last one that was chosen by itself and this one, too. */
export function extended(selection: Selection, id: string, ids: readonly string[]): Selection {
  const ends = [ids.indexOf(selection.from), ids.indexOf(id)];
  if (ends.includes(-1)) return toggled(selection, id);
  const range = ids.slice(Math.min(...ends), Math.max(...ends) + 1);
  return { ...selection, chosen: new Set([...selection.chosen, ...range]), active: id };
}

/** Where the keyboard is; at the beginning of the list when that conversation has gone. */
export function activeOf({ active }: Selection, ids: readonly string[]): string | undefined {
  return ids.includes(active) ? active : ids[0];
}

/** The conversation so many steps on from where the keyboard is; undefined beyond the list. */
export function neighbour(
  selection: Selection,
  step: number,
  ids: readonly string[],
): string | undefined {
  return ids[ids.indexOf(activeOf(selection, ids) ?? "") + step];
}

/** Ends it; the keyboard stays at the conversation where it was, or at the first that is left. */
export function endSelecting(): void {
  const { selection } = useSelection.getState();
  if (selection === null) return;
  const list = document.getElementById("conversations-heading")?.parentElement;
  forgetSelection();
  requestAnimationFrame(() => {
    const link = list?.querySelector<HTMLElement>(`a[href="/c/${selection.active}"]`);
    (link ?? list?.querySelector("a"))?.focus();
  });
}
