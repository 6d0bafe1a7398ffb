import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import type { Reconciliation } from "@/contract/contract.gen";

import { largestReport } from "../state/bill";

/** Throws an error that says what is wrong with the file. */
export async function compareReport(file: File): Promise<Reconciliation> {
  // A character has one byte at least.
  const text = file.size > 4 * largestReport ? null : await file.text();
  if (text === null || text.length > largestReport) {
    throw new Error(t`The file is longer than 2 MiB: export fewer days.`);
  }
  return call("usage.reconcile", { text });
}
