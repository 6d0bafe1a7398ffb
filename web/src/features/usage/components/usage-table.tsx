import { t } from "@lingui/core/macro";

import { formatNumber } from "@/i18n/format";
import { linkClass } from "@/ui/link";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { digitsFor, dollars } from "@/i18n/amounts";
import type { Dimension } from "../state/everyone";
import type { NamedGroup, Sums } from "../state/grouping";
import { dimensionName } from "./names";

/** `onNarrow` is called with the key of a group that is chosen. */
export function UsageTable({
  caption,
  groups,
  total,
  by,
  onNarrow,
}: {
  caption: string;
  groups: readonly NamedGroup[];
  total: Sums;
  by: Dimension;
  onNarrow?: ((key: string) => void) | undefined;
}) {
  const digits = digitsFor(groups.flatMap((group) => [group.micros, group.estimatedMicros]));
  return (
    <Table caption={caption}>
      <HeadRow>
        <Column>{dimensionName(by)}</Column>
        {[t`Calls`, t`Input tokens`, t`Output tokens`, t`Cost`].map((name) => (
          <Column key={name} number>
            {name}
          </Column>
        ))}
      </HeadRow>
      <tbody>
        {groups.map((group) => (
          <Row key={group.key} name={<GroupName group={group} onNarrow={onNarrow} />}>
            <Numbers sums={group} digits={digits} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <Row name={t`Total`} total>
          <Numbers sums={total} digits={digits} />
        </Row>
      </tfoot>
    </Table>
  );
}

/** The rest has no key: nothing is narrowed to it. */
function GroupName({
  group: { key, name, detail },
  onNarrow,
}: {
  group: NamedGroup;
  onNarrow: ((key: string) => void) | undefined;
}) {
  return (
    <>
      {onNarrow && key !== "" ? (
        <button
          type="button"
          className={`${linkClass} inline-flex min-h-6 items-center text-start touch:min-h-11`}
          onClick={() => onNarrow(key)}
        >
          {name}
        </button>
      ) : (
        name
      )}
      {detail ? <span className="block text-2xs text-ink-muted">{detail}</span> : null}
    </>
  );
}

function Numbers({ sums, digits }: { sums: Sums; digits: number }) {
  const { calls, inputTokens, outputTokens, micros, estimatedMicros } = sums;
  return (
    <>
      <Cell number>{formatNumber(calls)}</Cell>
      <Cell number>{formatNumber(inputTokens)}</Cell>
      <Cell number>{formatNumber(outputTokens)}</Cell>
      <Cell number>
        {dollars(micros, digits)}
        {estimatedMicros > 0 ? (
          <span className="block text-2xs font-normal whitespace-normal text-ink-muted">
            {t`of which estimated ${{ amount: dollars(estimatedMicros, digits) }}`}
          </span>
        ) : null}
      </Cell>
    </>
  );
}
