import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";

import type { DayDifference, RebuiltDay } from "@/contract/contract.gen";
import { formatNumber } from "@/i18n/format";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { dollars } from "@/i18n/amounts";
import { featureName } from "../state/grouping";
import { keyMark } from "../state/keys";
import { personName } from "../state/people";

const mostRows = 200;

const numberNames: Record<string, MessageDescriptor> = {
  micros: msg`Cost`,
  estimatedMicros: msg`Estimated cost`,
  savedMicros: msg`Saved by the cache`,
  inputTokens: msg`Input tokens`,
  outputTokens: msg`Output tokens`,
  cachedInputTokens: msg`Cached input tokens`,
  cacheWriteTokens: msg`Tokens written to caches`,
  reasoningTokens: msg`Reasoning tokens`,
  cacheHits: msg`Answers from the cache`,
  calls: msg`Calls`,
  requests: msg`Requests`,
};

export function DifferenceTable({ found: { differences, people } }: { found: RebuiltDay }) {
  return (
    <>
      <Table caption={t`What differs from the ledger`}>
        <HeadRow>
          {[t`Person`, t`Model`, t`Feature`, t`What`].map((name) => (
            <Column key={name}>{name}</Column>
          ))}
          <Column number>{t`Ledger`}</Column>
          <Column number>{t`Sum`}</Column>
        </HeadRow>
        <tbody>
          {differences.slice(0, mostRows).map((one) => (
            <Row
              key={`${one.ownerId} ${one.model} ${one.feature} ${one.keyId} ${one.name}`}
              name={personName(people, one.ownerId).name}
            >
              <Cell>{one.model}</Cell>
              <Cell>
                {featureName(one.feature)}
                {one.keyId === null ? null : (
                  <span className="block text-2xs text-ink-muted">{keyMark(one.keyId)}</span>
                )}
              </Cell>
              <Cell>{nameOf(one)}</Cell>
              <Cell number>{amountText(one, one.ledger)}</Cell>
              <Cell number>{amountText(one, one.stored)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {differences.length > mostRows ? (
        <p className="pt-3 text-sm text-ink-muted">
          {t`These are the first ${{ shown: formatNumber(mostRows) }} of ${{ all: formatNumber(differences.length) }}.`}
        </p>
      ) : null}
    </>
  );
}

function nameOf({ name }: DayDifference): string {
  const known = numberNames[name];
  return known ? i18n._(known) : name;
}

function amountText({ name }: DayDifference, amount: number): string {
  return name.toLowerCase().endsWith("micros") ? dollars(amount) : formatNumber(amount);
}
