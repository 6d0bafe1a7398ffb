import type { DayDifference, RebuiltDay } from "@/contract/contract.gen";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { counted, dollars } from "../state/amounts";
import { featureName } from "../state/grouping";
import { personName } from "../state/people";

const mostRows = 200;

const numberNames: Record<string, string> = {
  micros: "Cost",
  estimatedMicros: "Estimated cost",
  savedMicros: "Saved by the cache",
  inputTokens: "Input tokens",
  outputTokens: "Output tokens",
  cachedInputTokens: "Cached input tokens",
  cacheWriteTokens: "Tokens written to caches",
  reasoningTokens: "Reasoning tokens",
  cacheHits: "Answers from the cache",
  calls: "Calls",
  requests: "Requests",
};

export function DifferenceTable({ found: { differences, people } }: { found: RebuiltDay }) {
  return (
    <>
      <Table caption="What differs from the ledger">
        <HeadRow>
          {["Person", "Model", "Feature", "What"].map((name) => (
            <Column key={name}>{name}</Column>
          ))}
          <Column number>Ledger</Column>
          <Column number>Sum</Column>
        </HeadRow>
        <tbody>
          {differences.slice(0, mostRows).map((one) => (
            <Row
              key={`${one.ownerId} ${one.model} ${one.feature} ${one.name}`}
              name={personName(people, one.ownerId).name}
            >
              <Cell>{one.model}</Cell>
              <Cell>{featureName(one.feature)}</Cell>
              <Cell>{numberNames[one.name] ?? one.name}</Cell>
              <Cell number>{amountText(one, one.ledger)}</Cell>
              <Cell number>{amountText(one, one.stored)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {differences.length > mostRows ? (
        <p className="pt-3 text-sm text-ink-muted">
          These are the first {counted(mostRows)} of {counted(differences.length)}.
        </p>
      ) : null}
    </>
  );
}

function amountText({ name }: DayDifference, amount: number): string {
  return name.toLowerCase().endsWith("micros") ? dollars(amount) : counted(amount);
}
