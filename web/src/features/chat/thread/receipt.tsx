import { t } from "@lingui/core/macro";
import { Fragment, type ReactNode } from "react";

import type { Attempt, Receipt } from "@/contract/contract.gen";
import { useProblemText } from "@/contract/use-problem-text";
import { formatDate, formatNumber } from "@/i18n/format";
import { Disclosure } from "@/ui/disclosure";

import {
  attemptText,
  costText,
  leftOutText,
  reasonText,
  receiptSummary,
  savedText,
  seconds,
  sourceText,
  speedText,
  wishText,
} from "./receipt-text";
import { useThread } from "./thread-context";

type Row = [term: string, value: ReactNode];

function count(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : formatNumber(value);
}

function rows(receipt: Receipt, nameOf: (id: string) => string): Row[] {
  const { usage, cost, attempts, cached, reasoningMs } = receipt;
  const known: [string, ReactNode][] = [
    [t`Model asked`, receipt.modelAsked],
    [t`Model used`, receipt.modelUsed ?? t`none`],
    [t`Asked to be`, wishText(receipt)],
    [t`Input tokens`, count(usage?.inputTokens) ?? t`unknown`],
    [t`– of these from cache`, count(usage?.cachedInputTokens)],
    [t`Output tokens`, count(usage?.outputTokens) ?? t`unknown`],
    [t`– of these reasoning`, count(usage?.reasoningTokens)],
    [t`Cost`, cost.micros === null ? t`unknown` : `${costText(cost)} (${sourceText(cost)})`],
    [
      t`Made`,
      cached
        ? formatDate(new Date(cached.madeAt), { dateStyle: "medium", timeStyle: "medium" })
        : null,
    ],
    [t`Saved`, savedText(receipt)],
    [t`First token`, receipt.firstTokenMs === null ? t`none came` : seconds(receipt.firstTokenMs)],
    [t`Reasoning`, typeof reasoningMs === "number" ? seconds(reasoningMs) : null],
    [t`Speed`, speedText(receipt)],
    [t`Total`, seconds(receipt.totalMs)],
    [t`Ended because`, receipt.reason === null ? null : reasonText(receipt.reason)],
    [t`Messages as context`, count(receipt.contextMessages)],
    ...(attempts.length > 1 || attempts.some(({ outcome }) => outcome !== "complete")
      ? attempts.map((attempt): Row => [
          t`Attempt ${{ number: formatNumber(attempt.number) }}`,
          <AttemptOutcome key={attempt.number} attempt={attempt} nameOf={nameOf} />,
        ])
      : []),
  ];
  return known.filter(([, value]) => value !== null);
}

function AttemptOutcome({ attempt, nameOf }: { attempt: Attempt; nameOf: (id: string) => string }) {
  return attemptText(attempt, useProblemText(attempt), nameOf);
}

/** What an answer was made of and what it cost: one quiet line, the whole on a click. */
export function ReceiptLine({
  receipt,
  modelName,
  onAgain = null,
}: {
  receipt: Receipt;
  modelName: string;
  /** Asks the model, where the answer came from the cache. */
  onAgain?: (() => void) | null;
}) {
  const { modelName: nameOf } = useThread();
  const leftOut = leftOutText(receipt);
  return (
    <div className="min-w-0 flex-1 max-sm:basis-full">
      <Disclosure
        size="small"
        summary={
          <>
            <span className="sr-only">{t`Receipt:`} </span>
            {receiptSummary(receipt, modelName).map((part, index, { length }) => (
              <Fragment key={part}>
                {index > 0 ? " " : null}
                {/* A line breaks between two facts, not within one. */}
                <span className="inline-block">
                  {part}
                  {index < length - 1 ? " ·" : null}
                </span>
              </Fragment>
            ))}
          </>
        }
      >
        <dl className="mt-2 grid max-w-note grid-cols-[minmax(--spacing(28),auto)_minmax(0,1fr)] gap-x-6 gap-y-1 rounded-card border border-line px-4 py-3 text-2xs">
          {rows(receipt, nameOf).map(([term, value]) => (
            <Fragment key={term}>
              <dt className="text-ink-muted">{term}</dt>
              <dd className="tabular-nums">{value}</dd>
            </Fragment>
          ))}
        </dl>
      </Disclosure>
      {receipt.cached && onAgain ? (
        <button
          type="button"
          className="-ms-1.5 rounded-md px-1.5 py-1 text-2xs text-ink-muted underline hover:bg-hover hover:text-ink touch:min-h-11"
          onClick={onAgain}
        >
          {t`Ask again without the cache`}
        </button>
      ) : null}
      {leftOut ? <p className="mt-1 text-2xs text-warning-ink">{leftOut}</p> : null}
    </div>
  );
}
