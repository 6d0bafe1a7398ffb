export interface PaletteItem {
  key: string;
  label: string;
  detail?: string;
  keys?: string | null;
  run: () => void;
}

// oxlint-disable-next-line typescript/consistent-type-definitions -- only a type has the index that Base UI asks for
export type PaletteGroup = { value: string; items: PaletteItem[] };

/** Of a group of which more is there than one can look through, what is shown before anything is typed. */
const mostAtFirst = 6;
const most = 20;

/** How well a label fits what is typed: each word of it at the beginning of one of the label's, or within. */
function fit(label: string, words: readonly string[]): number {
  const text = ` ${label.toLowerCase()}`;
  return words.reduce((worst, word) => {
    if (text.includes(` ${word}`)) return Math.min(worst, 2);
    return text.includes(word) ? Math.min(worst, 1) : 0;
  }, 2);
}

/** What fits, the best first in each group; groups without anything are left out. */
export function findItems(groups: readonly PaletteGroup[], query: string): PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ value, items }) => {
      if (words.length === 0) return { value, items: items.slice(0, mostAtFirst) };
      const fits = items
        .map((item) => ({ item, fit: fit(`${item.label} ${item.detail ?? ""}`, words) }))
        .filter((found) => found.fit > 0)
        .toSorted((a, b) => b.fit - a.fit)
        .slice(0, most);
      return { value, items: fits.map(({ item }) => item) };
    })
    .filter(({ items }) => items.length > 0);
}
