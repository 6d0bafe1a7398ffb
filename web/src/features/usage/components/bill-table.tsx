import type { Figures, Reconciliation } from "@/contract/contract.gen";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { counted } from "../state/amounts";
import { measuresOf, type Measure } from "../state/bill";
import { dayText } from "../state/periods";

const mostLines = 300;

export function BillTable({ comparison }: { comparison: Reconciliation }) {
  const { lines } = comparison;
  const measures = measuresOf(comparison);
  return (
    <>
      <Table caption="Ours and theirs, by day and model">
        <HeadRow>
          <Column>Day</Column>
          <Column>Model</Column>
          {measures.flatMap(({ name }) =>
            ["ours", "theirs", "difference"].map((side) => (
              <Column key={name + side} number>
                {name}, {side}
              </Column>
            )),
          )}
        </HeadRow>
        <tbody>
          {lines.slice(0, mostLines).map((line) => (
            <Row key={`${line.day} ${line.model}`} name={dayText(line.day)}>
              <Cell>{line.model}</Cell>
              <Amounts compared={line} measures={measures} />
            </Row>
          ))}
        </tbody>
        <tfoot>
          <Row name="Total" total>
            <Cell>{null}</Cell>
            <Amounts compared={comparison} measures={measures} />
          </Row>
        </tfoot>
      </Table>
      {lines.length > mostLines ? (
        <p className="pt-3 text-sm text-ink-muted">
          These are the first {counted(mostLines)} of {counted(lines.length)} lines, the total is of
          all. For the rest, compare a report of fewer days.
        </p>
      ) : null}
    </>
  );
}

interface Compared {
  ours: Figures;
  theirs: Figures;
  difference: Figures;
}

function Amounts({ compared, measures }: { compared: Compared; measures: readonly Measure[] }) {
  return measures.flatMap(({ of, text }) => {
    const difference = compared.difference[of] ?? 0;
    return [
      <Cell key={`${of} ours`} number>
        {text(compared.ours[of] ?? 0)}
      </Cell>,
      <Cell key={`${of} theirs`} number>
        {text(compared.theirs[of] ?? 0)}
      </Cell>,
      <Cell key={`${of} difference`} number>
        {difference === 0 ? (
          <span className="text-ink-muted">{text(0)}</span>
        ) : (
          <strong className="font-semibold">
            {difference > 0 ? "+" : ""}
            {text(difference)}
          </strong>
        )}
      </Cell>,
    ];
  });
}
