import { keptIds } from "./kept";

const most = 200;

/** What the person has folded, or unfolded where it was folded at first; the last ones. */
const turned = keptIds("folds");

/** Whether something long is folded, and how to turn that round. What was chosen is remembered. */
export function useFold(
  id: string,
  isFoldedAtFirst: boolean,
): [isFolded: boolean, turn: () => void] {
  const { value } = turned.use();
  const isTurned = value.includes(id);
  return [
    isTurned !== isFoldedAtFirst,
    () =>
      turned.set(isTurned ? value.filter((other) => other !== id) : [...value, id].slice(-most)),
  ];
}

export function forgetFolds(): void {
  turned.set([]);
}
