import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { counted, digitsFor, dollars } from "../state/amounts";
import type { Group, Grouping, Sums } from "../state/grouping";
import { groupingNames, groupName } from "./names";

export function UsageTable({
  groups,
  total,
  grouping,
}: {
  groups: readonly Group[];
  total: Sums;
  grouping: Grouping;
}) {
  const digits = digitsFor(groups.flatMap((group) => [group.micros, group.estimatedMicros]));
  return (
    <Table caption={`What you used, by ${grouping}`}>
      <HeadRow>
        <Column>{groupingNames[grouping]}</Column>
        {["Calls", "Input tokens", "Output tokens", "Cost"].map((name) => (
          <Column key={name} number>
            {name}
          </Column>
        ))}
      </HeadRow>
      <tbody>
        {groups.map((group) => (
          <Row key={group.key} name={groupName(group.key, grouping)}>
            <Numbers sums={group} digits={digits} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <Row name="Total" total>
          <Numbers sums={total} digits={digits} />
        </Row>
      </tfoot>
    </Table>
  );
}

function Numbers({ sums, digits }: { sums: Sums; digits: number }) {
  const { calls, inputTokens, outputTokens, micros, estimatedMicros } = sums;
  return (
    <>
      <Cell number>{counted(calls)}</Cell>
      <Cell number>{counted(inputTokens)}</Cell>
      <Cell number>{counted(outputTokens)}</Cell>
      <Cell number>
        {dollars(micros, digits)}
        {estimatedMicros > 0 ? (
          <span className="block text-2xs font-normal whitespace-normal text-ink-muted">
            of which estimated {dollars(estimatedMicros, digits)}
          </span>
        ) : null}
      </Cell>
    </>
  );
}
