import type { Figures, Reconciliation, ReconciledLine } from "@/contract/contract.gen";

import { counted, digitsFor, dollars } from "./amounts";

/** Characters that a report may have; more is refused unread. */
export const largestReport = 2 * 1024 * 1024;

/** What a report tells: a cost, or numbers of tokens; and how that is written. */
export interface Measure {
  name: string;
  of: keyof Figures;
  text: (amount: number) => string;
}

export function measuresOf({ kind, lines }: Reconciliation): readonly Measure[] {
  if (kind === "usage") {
    return [
      { name: "Input", of: "inputTokens", text: counted },
      { name: "Output", of: "outputTokens", text: counted },
    ];
  }
  const amounts = lines.flatMap(({ ours, theirs, difference }) =>
    [ours, theirs, difference].map(({ micros }) => micros ?? 0),
  );
  const digits = digitsFor(amounts);
  return [{ name: "Cost", of: "micros", text: (amount) => dollars(amount, digits) }];
}

function differs({ difference }: ReconciledLine): boolean {
  return Object.values(difference).some((amount) => amount !== null && amount !== 0);
}

export function outcomeText({ lines }: Reconciliation): string {
  if (lines.length === 0) return "The report is of no day.";
  const different = lines.filter(differs).length;
  if (different === 0) return "Every day agrees.";
  return `${counted(different)} of ${counted(lines.length)} lines ${different === 1 ? "differs" : "differ"}.`;
}
