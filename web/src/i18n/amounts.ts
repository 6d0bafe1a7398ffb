/** Micro-dollars, tokens and requests as people read and write them. */
import { plural, t } from "@lingui/core/macro";

import type { BudgetLeft } from "@/contract/contract.gen";
import { formatDollars, formatNumber } from "./format";

/** Digits behind the point that show what an amount is made of. */
function digitsOf(micros: number): number {
  const size = Math.abs(micros);
  if (size === 0) return 2;
  if (size < 100) return 6;
  return size < 10_000 ? 4 : 2;
}

/** Digits behind the point for amounts that stand below each other. */
export function digitsFor(amounts: readonly number[]): number {
  return Math.max(2, ...amounts.map(digitsOf));
}

export function dollars(micros: number, digits = digitsOf(micros)): string {
  return formatDollars(micros, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const microsInDollar = 1_000_000;
/** Of any unit: the server counts no further. */
const largest = 1e15;
const cent = 10_000;
const least = 100;

/** No more digits than a guess has. */
export function roughDollars(micros: number): string {
  if (micros < least) return t`less than ${{ amount: dollars(least) }}`;
  if (micros >= cent) return t`about ${{ amount: dollars(micros, 2) }}`;
  return t`about ${{ amount: formatDollars(micros, { maximumSignificantDigits: 1 }) }}`;
}

export function amountText(amount: number, unit: BudgetLeft["unit"]): string {
  switch (unit) {
    case "USD":
      return dollars(amount);
    case "tokens":
      return plural(amount, { one: "# token", other: "# tokens" });
    case "requests":
      return plural(amount, { one: "# request", other: "# requests" });
    case "answers":
      return plural(amount, { one: "# answer", other: "# answers" });
  }
}

/** So much, where the unit is named beside it. */
export function countText(amount: number, unit: BudgetLeft["unit"]): string {
  return unit === "USD" ? dollars(amount) : formatNumber(amount);
}

/** What is written into a field for an amount, in the smallest unit; null where it is none. */
export function readAmount(text: string, unit: BudgetLeft["unit"]): number | null {
  const wanted = unit === "USD" ? /^\d+(\.\d{1,6})?$/ : /^\d+$/;
  if (!wanted.test(text.trim())) return null;
  const amount = unit === "USD" ? Math.round(Number(text) * microsInDollar) : Number(text);
  return amount <= largest ? amount : null;
}

/** So much of so much, with the unit once. */
export function shareText(part: number, whole: number, unit: BudgetLeft["unit"]): string {
  const taken = countText(part, unit);
  return t`${taken} of ${{ whole: amountText(whole, unit) }}`;
}
