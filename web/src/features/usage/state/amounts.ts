/** Micro-dollars, tokens and requests as people read them. */
import type { BudgetLeft } from "@/contract/contract.gen";

export function counted(count: number): string {
  return count.toLocaleString("en");
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

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
  return (micros / 1_000_000).toLocaleString("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

const cent = 10_000;
const least = 100;

/** No more digits than a guess has. */
export function roughDollars(micros: number): string {
  if (micros < least) return `less than ${dollars(least)}`;
  if (micros >= cent) return `about ${dollars(micros, 2)}`;
  return `about $${Number((micros / 1_000_000).toPrecision(1))}`;
}

export function amountText(amount: number, unit: BudgetLeft["unit"]): string {
  if (unit === "USD") return dollars(amount);
  return `${counted(amount)} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** So much of so much, with the unit once. */
export function shareText(part: number, whole: number, unit: BudgetLeft["unit"]): string {
  return `${unit === "USD" ? dollars(part) : counted(part)} of ${amountText(whole, unit)}`;
}
