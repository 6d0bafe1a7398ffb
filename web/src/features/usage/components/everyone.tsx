import { t } from "@lingui/core/macro";
import { ChartColumn, RefreshCw } from "lucide-react";

import type { SummarizeUsage, UsageSummary } from "@/contract/contract.gen";
import { formatTime } from "@/i18n/format";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { SegmentedControl } from "@/ui/segmented-control";
import { Skeleton } from "@/ui/skeleton";

import { useBudgets } from "../api/use-budgets";
import { useKeyNames } from "../api/use-key-names";
import { useSummary } from "../api/use-summary";
import { cacheText } from "../state/cache";
import {
  daysOf,
  fileName,
  namedGroups,
  narrowedTo,
  requestOf,
  tableOf,
  type Chosen,
} from "../state/everyone";
import type { KeyNames } from "../state/keys";
import { dayIn, daysBetween } from "../state/periods";
import { byText, dimensionName } from "./names";
import { Exports } from "./exports";
import { Filters, groupings } from "./filters";
import { UsageChart } from "./usage-chart";
import { UsageTable } from "./usage-table";

/** What all people together used, for administrators. */
export function Everyone({
  chosen,
  onChoose,
}: {
  chosen: Chosen;
  onChoose: (change: Chosen) => void;
}) {
  const { data: budgets, isError: isZoneUnknown } = useBudgets();
  const today = dayIn(budgets?.timeZone ?? "UTC");
  const request = budgets || isZoneUnknown ? requestOf(chosen, daysOf(chosen, today)) : null;
  const { answer, error, isPending, refresh } = useSummary(request);
  const keysOf = answer?.input.by === "key" ? answer.output.groups : [];
  const keys = useKeyNames([...keysOf.map(({ key }) => key), chosen.key ?? ""]);
  const isOld = answer !== null && JSON.stringify(answer.input) !== JSON.stringify(request);
  return (
    <section aria-label={t`What everyone used`}>
      <h2 className="pb-3 font-semibold">{t`What everyone used`}</h2>
      <Filters
        chosen={chosen}
        today={today}
        summary={answer?.output}
        keys={keys}
        onChoose={onChoose}
      />
      <div className="flex flex-wrap items-center gap-3 pb-6">
        <div className="max-lg:hidden">
          <SegmentedControl
            legend={t`Grouped by`}
            options={groupings.map((value) => ({ value, label: dimensionName(value) }))}
            value={chosen.by ?? "day"}
            onChange={(by) => onChoose({ by })}
          />
        </div>
        {answer && answer.output.groups.length > 0 ? (
          <Exports
            name={fileName(answer.input)}
            table={tableOf(answer.output, answer.input.by, keys)}
          />
        ) : null}
      </div>
      {error ? (
        <div className="pb-6">
          <Notice
            title={t`What everyone used could not be loaded.`}
            actions={<Button onClick={refresh}>{t`Try again`}</Button>}
          >
            {error.message}
          </Notice>
        </div>
      ) : null}
      {answer ? (
        <div className={classes(isOld && "opacity-60")} aria-busy={isOld}>
          <Sums asked={answer.input} summary={answer.output} keys={keys} onChoose={onChoose} />
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2 pt-3 text-sm text-ink-muted">
            {t`What had ended by ${{ time: timeText(answer.output.asOf) }} is counted.`}
            <Button
              variant="ghost"
              className="max-sm:-ms-3.5"
              aria-disabled={isPending}
              onClick={refresh}
            >
              <RefreshCw size={16} aria-hidden />
              {t`Refresh`}
            </Button>
          </p>
        </div>
      ) : null}
      {answer || error ? null : (
        <Skeleton
          label={t`what everyone used`}
          lines={["w-full", "w-11/12", "w-4/5", "w-full", "w-2/3"]}
        />
      )}
    </section>
  );
}

function Sums({
  asked,
  summary,
  keys,
  onChoose,
}: {
  asked: SummarizeUsage;
  summary: UsageSummary;
  keys: KeyNames;
  onChoose: (change: Chosen) => void;
}) {
  const { by, firstDay, lastDay } = asked;
  if (summary.groups.length === 0) {
    const { person, provider, model, feature, key } = asked;
    const isNarrowed = person || provider || model || feature || key;
    return (
      <EmptyState
        icon={<ChartColumn size={20} aria-hidden />}
        title={<h3 className="font-semibold">{t`Nothing in this period.`}</h3>}
      >
        {isNarrowed
          ? t`Of what is chosen, nothing was used.`
          : t`What people ask is counted here as soon as it is answered.`}
      </EmptyState>
    );
  }
  const groups = namedGroups(summary, by, keys);
  const fromCache = cacheText(summary.total, summary.lookedUp);
  return (
    <>
      <UsageChart
        groups={groups.filter(({ key }) => key !== "")}
        total={summary.total}
        days={daysBetween(firstDay, lastDay)}
        by={by}
      />
      <UsageTable
        caption={t`What everyone used, ${{ by: byText(by) }}`}
        groups={groups}
        total={summary.total}
        by={by}
        onNarrow={by === "day" ? undefined : (key) => onChoose(narrowedTo(by, key))}
      />
      {fromCache ? <p className="pt-3 text-sm text-ink-muted">{fromCache}</p> : null}
    </>
  );
}

function timeText(asOf: string): string {
  return formatTime(new Date(asOf), { timeStyle: "medium" });
}
