import { plural, t } from "@lingui/core/macro";
import { ChartColumn } from "lucide-react";

import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { SegmentedControl } from "@/ui/segmented-control";
import { Skeleton } from "@/ui/skeleton";
import { retryLive, useLive } from "@/firebase/live";

import { useBudgets } from "../api/use-budgets";
import { useKeyNames } from "../api/use-key-names";
import { mostDays, usageDays, type UsageDay } from "../api/usage-days";
import { cacheText, lookedUp } from "../state/cache";
import { tableOfDays } from "../state/export";
import { groupUsage, sumUp, type Grouping } from "../state/grouping";
import { keyName, noKey, type KeyNames } from "../state/keys";
import { dayIn, daysUpTo, type Period } from "../state/periods";
import { Exports } from "./exports";
import { Narrowing } from "./filters";
import { byText, dimensionName, groupName } from "./names";
import { UsageChart } from "./usage-chart";
import { UsageTable } from "./usage-table";

const periods = [7, 30, 90] as const;
const groupings = ["day", "model", "feature", "key"] as const;

/** What a person used, as it is counted. */
export function Usage({
  uid,
  period,
  grouping,
  keyId,
  onPeriod,
  onGrouping,
  onKey,
}: {
  uid: string;
  period: Period;
  grouping: Grouping;
  /** Only what was used with this key; undefined: all. */
  keyId: string | undefined;
  onPeriod: (period: Period) => void;
  onGrouping: (grouping: Grouping) => void;
  onKey: (keyId: string | undefined) => void;
}) {
  const { data: budgets } = useBudgets();
  const days = daysUpTo(dayIn(budgets?.timeZone ?? "UTC"), period);
  const first = days[0] ?? "";
  const source = uid === "" ? null : usageDays(uid, first);
  const live = useLive(source);
  // An empty cache says nothing about what was used.
  const isKnown = live.state === "ready" && !(live.fromCache && live.value.length === 0);
  const all = isKnown && live.value.filter(({ day }) => day >= first);
  const keyIds = [...new Set(all ? all.map(({ key }) => key) : [])].toSorted();
  const keys = useKeyNames(keyId ? [...keyIds, keyId] : keyIds);
  const hasKeys = keyId !== undefined || keyIds.some((id) => id !== noKey);
  const used = all && all.filter(({ key }) => keyId === undefined || key === keyId);
  return (
    <section aria-label={t`What you used`}>
      <h2 className="pb-3 font-semibold">{t`What you used`}</h2>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-3 pb-6">
        <SegmentedControl
          legend={t`Period`}
          options={periods.map((value) => ({ value, label: daysText(value) }))}
          value={period}
          onChange={onPeriod}
        />
        <SegmentedControl
          legend={t`Grouped by`}
          options={groupings
            .filter((value) => value !== "key" || hasKeys || grouping === "key")
            .map((value) => ({ value, label: dimensionName(value) }))}
          value={grouping}
          onChange={onGrouping}
        />
        {used && used.length > 0 ? (
          <Exports name={`usage-${first}-to-${days.at(-1)}`} table={tableOfDays(used, keys)} />
        ) : null}
      </div>
      {hasKeys ? (
        <div className="max-w-60 pb-6">
          <Narrowing
            label={t`Key`}
            every={t`All keys, and without one`}
            known={keyIds}
            value={keyId}
            nameOf={(id) => keyName(keys, id).name}
            onChange={onKey}
          />
        </div>
      ) : null}
      {live.state === "failed" ? (
        <Notice
          title={t`What you used could not be loaded.`}
          actions={<Button onClick={() => source && retryLive(source)}>{t`Try again`}</Button>}
        >
          {t`It is counted all the same; only this page does not have it.`}
        </Notice>
      ) : null}
      {used ? (
        <Used
          used={used}
          isCut={live.state === "ready" && live.value.length >= mostDays}
          days={days}
          grouping={grouping}
          keys={keys}
        />
      ) : null}
      {live.state !== "failed" && !used ? (
        <Skeleton
          label={t`what you used`}
          lines={["w-full", "w-11/12", "w-4/5", "w-full", "w-2/3"]}
        />
      ) : null}
    </section>
  );
}

function daysText(days: number): string {
  return plural(days, { one: "# day", other: "# days" });
}

function Used({
  used,
  isCut,
  days,
  grouping,
  keys,
}: {
  used: readonly UsageDay[];
  /** There is more than could be read. */
  isCut: boolean;
  days: readonly string[];
  grouping: Grouping;
  keys: KeyNames;
}) {
  if (used.length === 0) {
    return (
      <EmptyState
        icon={<ChartColumn size={20} aria-hidden />}
        title={
          <h3 className="font-semibold">
            {plural(
              { days: days.length },
              {
                one: "Nothing in the last day.",
                other: "Nothing in the last # days.",
              },
            )}
          </h3>
        }
      >
        {t`What you ask is counted here as soon as it is answered.`}
      </EmptyState>
    );
  }
  const groups = groupUsage(used, grouping).map((group) => ({
    ...group,
    ...(grouping === "key" ? keyName(keys, group.key) : { name: groupName(group.key, grouping) }),
  }));
  const total = sumUp(used);
  const fromCache = cacheText(sumUp(used), lookedUp(used));
  return (
    <>
      <UsageChart groups={groups} total={total} days={days} by={grouping} />
      <UsageTable
        caption={t`What you used, ${{ by: byText(grouping) }}`}
        groups={groups}
        total={total}
        by={grouping}
      />
      {fromCache ? <p className="pt-3 text-sm text-ink-muted">{fromCache}</p> : null}
      {isCut ? (
        <p className="pt-3 text-sm text-warning-ink">
          {t`This is not all: there is more than can be shown at once. Choose a shorter period.`}
        </p>
      ) : null}
    </>
  );
}
