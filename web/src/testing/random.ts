/** Random choices that a seed repeats, for tests of what must hold whatever comes. */
export interface Random {
  /** A whole number from 0 up to but not `limit`. */
  below: (limit: number) => number;
  pick: <T>(from: readonly T[]) => T;
  shuffled: <T>(all: readonly T[]) => T[];
}

export function seeded(seed: number): Random {
  let state = seed;
  /** Mulberry32. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    shuffled: <T>(all: readonly T[]) =>
      all
        .map((value) => ({ value, order: next() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ value }) => value),
  };
}
