import { plural, t } from "@lingui/core/macro";
import { formatNumber } from "@/i18n/format";

import { dollars } from "@/i18n/amounts";
import type { Dimension } from "../state/everyone";
import { tokensOf, type NamedGroup, type Sums } from "../state/grouping";
import { dayText } from "../state/periods";
import { byText } from "./names";

interface Bar {
  key: string;
  name: string;
  size: number;
  text: string;
}

const mostRows = 12;

/** Bars of what it cost; of tokens, where nothing cost anything. The table has all the numbers. */
export function UsageChart({
  groups,
  total,
  days,
  by,
}: {
  groups: readonly NamedGroup[];
  total: Sums;
  days: readonly string[];
  by: Dimension;
}) {
  const isCost = total.micros > 0;
  const sizeOf = (sums: Sums) => (isCost ? sums.micros : tokensOf(sums));
  const textOf = (size: number) =>
    isCost ? dollars(size) : plural(size, { one: "# token", other: "# tokens" });
  const barOf = (key: string, name: string, size: number): Bar => ({
    key,
    name,
    size,
    text: textOf(size),
  });
  const byDay = new Map(groups.map((group) => [group.key, sizeOf(group)]));
  const bars =
    by === "day"
      ? [...new Set([...days, ...byDay.keys()])]
          .toSorted()
          .map((day) => barOf(day, dayText(day), byDay.get(day) ?? 0))
      : groups.slice(0, mostRows).map((group) => barOf(group.key, group.name, sizeOf(group)));
  const what = isCost ? t`Cost ${{ by: byText(by) }}` : t`Tokens ${{ by: byText(by) }}`;
  const largest = bars.reduce((most, bar) => (bar.size > most.size ? bar : most));
  return (
    <figure className="pb-8">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 pb-2 text-sm">
        <span className="font-medium">{what}</span>
        <span className="text-ink-muted tabular-nums">{t`${{ amount: textOf(sizeOf(total)) }} in all`}</span>
      </figcaption>
      <div
        role="img"
        aria-label={t`${what}, as bars: ${{ count: formatNumber(bars.length) }}, the largest ${{ name: largest.name }} with ${{ amount: largest.text }}. The numbers are in the table.`}
      >
        {by === "day" ? (
          <Columns bars={bars} largest={largest} />
        ) : (
          <Rows bars={bars} largest={largest} />
        )}
      </div>
    </figure>
  );
}

function Columns({ bars, largest }: { bars: readonly Bar[]; largest: Bar }) {
  const middle = bars[Math.floor((bars.length - 1) / 2)];
  return (
    <>
      <p className="text-2xs text-ink-muted tabular-nums">{largest.text}</p>
      <svg
        viewBox={`0 0 ${bars.length} 100`}
        preserveAspectRatio="none"
        className="block h-40 w-full rtl:-scale-x-100 border-y border-t-line border-b-control"
      >
        {bars.map(({ key, name, size, text }, index) => {
          const height = heightOf(size, largest);
          return (
            <g key={key} className="group/bar">
              <title>{`${name}: ${text}`}</title>
              <rect
                x={index}
                width={1}
                height={100}
                className="fill-transparent hover:fill-hover"
              />
              <rect
                x={index + 0.12}
                y={100 - height}
                width={0.76}
                height={height}
                className="pointer-events-none fill-accent"
              />
            </g>
          );
        })}
      </svg>
      <p className="flex justify-between pt-1 text-2xs text-ink-muted">
        <span>{bars[0]?.name}</span>
        <span>{middle?.name}</span>
        <span>{bars.at(-1)?.name}</span>
      </p>
    </>
  );
}

function Rows({ bars, largest }: { bars: readonly Bar[]; largest: Bar }) {
  return (
    <div className="grid grid-cols-[fit-content(45%)_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2.5 text-xs">
      {bars.map(({ key, name, size, text }) => (
        <div key={key} className="col-span-full grid grid-cols-subgrid items-center">
          <span>{name}</span>
          <svg
            viewBox="0 0 100 1"
            preserveAspectRatio="none"
            className="block h-4 w-full rtl:-scale-x-100"
          >
            <rect width={heightOf(size, largest)} height={1} className="fill-accent" />
          </svg>
          <span className="text-end text-ink-muted tabular-nums">{text}</span>
        </div>
      ))}
    </div>
  );
}

/** From 0 to 100; what is more than nothing can be seen. */
function heightOf(size: number, largest: Bar): number {
  return size <= 0 ? 0 : Math.max((size / largest.size) * 100, 1);
}
