import { t } from "@lingui/core/macro";

import type { Figures, Reconciliation } from "@/contract/contract.gen";
import { formatNumber } from "@/i18n/format";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { measuresOf, type Measure } from "../state/bill";
import { dayText } from "../state/periods";

const mostLines = 300;

export function BillTable({ comparison }: { comparison: Reconciliation }) {
  const { lines } = comparison;
  const measures = measuresOf(comparison);
  return (
    <>
      <Table caption={t`Ours and theirs, by day and model`}>
        <HeadRow>
          <Column>{t`Day`}</Column>
          <Column>{t`Model`}</Column>
          {measures.flatMap(({ name }) =>
            [t`${name}, ours`, t`${name}, theirs`, t`${name}, difference`].map((title) => (
              <Column key={title} number>
                {title}
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
          <Row name={t`Total`} total>
            <Cell>{null}</Cell>
            <Amounts compared={comparison} measures={measures} />
          </Row>
        </tfoot>
      </Table>
      {lines.length > mostLines ? (
        <p className="pt-3 text-sm text-ink-muted">
          {t`These are the first ${{ shown: formatNumber(mostLines) }} of ${{ all: formatNumber(lines.length) }} lines, the total is of all. For the rest, compare a report of fewer days.`}
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
