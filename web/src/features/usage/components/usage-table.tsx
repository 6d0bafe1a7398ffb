import type { ReactNode } from "react";

import { counted, digitsFor, dollars } from "../state/amounts";
import type { Group, Grouping, Sums } from "../state/grouping";
import { groupingNames, groupName } from "./names";

const cellClass = "px-1 py-2 align-top first:ps-0 last:pe-0 sm:px-2";
const numberClass = `${cellClass} text-end whitespace-nowrap tabular-nums [overflow-wrap:normal]`;

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
    <div role="region" aria-label="Table of what you used" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-xs sm:text-sm">
        <caption className="sr-only">What you used, by {grouping}</caption>
        <thead className="border-b border-control text-2xs text-ink-muted sm:text-xs">
          <tr>
            <th scope="col" className={`${cellClass} min-w-22 text-start font-medium`}>
              {groupingNames[grouping]}
            </th>
            {["Calls", "Input tokens", "Output tokens", "Cost"].map((name) => (
              <th
                key={name}
                scope="col"
                className={`${cellClass} text-end font-medium [overflow-wrap:normal]`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Row
              key={group.key}
              name={groupName(group.key, grouping)}
              sums={group}
              digits={digits}
            />
          ))}
        </tbody>
        <tfoot className="border-t border-control font-semibold">
          <Row name="Total" sums={total} digits={digits} />
        </tfoot>
      </table>
    </div>
  );
}

function Row({ name, sums, digits }: { name: ReactNode; sums: Sums; digits: number }) {
  const { calls, inputTokens, outputTokens, micros, estimatedMicros } = sums;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${cellClass} text-start [font-weight:inherit]`}>
        {name}
      </th>
      <td className={numberClass}>{counted(calls)}</td>
      <td className={numberClass}>{counted(inputTokens)}</td>
      <td className={numberClass}>{counted(outputTokens)}</td>
      <td className={numberClass}>
        {dollars(micros, digits)}
        {estimatedMicros > 0 ? (
          <span className="block text-2xs font-normal whitespace-normal text-ink-muted">
            of which estimated {dollars(estimatedMicros, digits)}
          </span>
        ) : null}
      </td>
    </tr>
  );
}
