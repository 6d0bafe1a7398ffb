/**
 * Several models as they are chosen in a list that shows `offered`: in the order in which they were
 * chosen. One that is not offered at the moment stays.
 */
export function chooseSeveral(
  before: readonly string[],
  chosen: readonly string[],
  offered: readonly string[],
  most: number,
): string[] {
  const kept = before.filter((id) => chosen.includes(id) || !offered.includes(id));
  const added = chosen.filter((id) => !before.includes(id));
  return [...kept, ...added].slice(0, most);
}

/** One of them asked before the one that was before it. */
export function moveEarlier(models: readonly string[], index: number): string[] {
  const moved = [...models];
  moved.splice(index - 1, 0, ...moved.splice(index, 1));
  return moved;
}
