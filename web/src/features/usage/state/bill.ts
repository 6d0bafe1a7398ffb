import { plural, t } from "@lingui/core/macro";

import type { Figures, Reconciliation, ReconciledLine } from "@/contract/contract.gen";
import { formatNumber } from "@/i18n/format";

import { digitsFor, dollars } from "@/i18n/amounts";

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
      { name: t`Input`, of: "inputTokens", text: formatNumber },
      { name: t`Output`, of: "outputTokens", text: formatNumber },
    ];
  }
  const amounts = lines.flatMap(({ ours, theirs, difference }) =>
    [ours, theirs, difference].map(({ micros }) => micros ?? 0),
  );
  const digits = digitsFor(amounts);
  return [{ name: t`Cost`, of: "micros", text: (amount) => dollars(amount, digits) }];
}

function differs({ difference }: ReconciledLine): boolean {
  return Object.values(difference).some((amount) => amount !== null && amount !== 0);
}

export function outcomeText({ lines }: Reconciliation): string {
  if (lines.length === 0) return t`The report is of no day.`;
  const different = lines.filter(differs).length;
  if (different === 0) return t`Every day agrees.`;
  const all = formatNumber(lines.length);
  return plural(different, {
    one: `# of ${all} lines differs.`,
    other: `# of ${all} lines differ.`,
  });
}
