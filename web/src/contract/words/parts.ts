import type { Reasons } from "../contract.gen";

export type Words = { [Name in keyof Reasons]: (given: Reasons[Name]) => string };

/** Whole sentences, one after the other; null: that one is not said. A full-width mark has its space. */
export function sentences(...all: readonly (string | null)[]): string {
  return all
    .filter((one) => one !== null)
    .join(" ")
    .replaceAll(/([。！？]) /g, "$1");
}
