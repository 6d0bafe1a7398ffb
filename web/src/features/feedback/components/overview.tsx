import { plural, t } from "@lingui/core/macro";
import type { ReactNode } from "react";

import type { Feedback } from "@/contract/contract.gen";
import { formatList, formatNumber } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SegmentedControl } from "@/ui/segmented-control";
import { Skeleton } from "@/ui/skeleton";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import type { Reason } from "../api/ratings";
import { useFeedback } from "../api/use-feedback";
import { reasonName } from "./reason-names";
import { Reports } from "./reports";

export type FeedbackPeriod = 7 | 30 | 90;

const periods = [7, 30, 90] as const;

/** What people think of the answers, how much they use what there is, and what went wrong. */
export function FeedbackOverview({
  period,
  onPeriod,
}: {
  period: FeedbackPeriod;
  onPeriod: (period: FeedbackPeriod) => void;
}) {
  const { feedback, problem, again } = useFeedback(period);
  return (
    <>
      <SegmentedControl
        legend={t`Period`}
        options={periods.map((value) => ({ value, label: daysText(value) }))}
        value={period}
        onChange={onPeriod}
      />
      <div className="mt-6" aria-busy={feedback === null && problem === null}>
        {problem !== null ? (
          <Notice
            title={t`This could not be read.`}
            actions={<Button onClick={again}>{t`Try again`}</Button>}
          >
            {problem}
          </Notice>
        ) : feedback === null ? (
          <Skeleton label={t`feedback`} lines={["w-1/3", "w-full", "w-2/3"]} />
        ) : (
          <Read feedback={feedback} />
        )}
      </div>
    </>
  );
}

function Read({ feedback }: { feedback: Feedback }) {
  const { ratings, features, people, sessions, medianSeconds, complete, reports } = feedback;
  return (
    <div className="space-y-10">
      {complete ? null : (
        <Notice tone="warning">
          {t`There is more than can be read at once: the oldest part of these days is missing.`}
        </Notice>
      )}
      <Part
        title={t`Answers`}
        empty={ratings.length === 0 && t`No answer has been rated in these days.`}
      >
        <Table caption={t`Ratings by model`}>
          <HeadRow>
            <Column>{t`Model`}</Column>
            <Column number>{t`Good`}</Column>
            <Column number>{t`Bad`}</Column>
            <Column number>{t`Of them good`}</Column>
            <Column>{t`Why bad`}</Column>
          </HeadRow>
          <tbody>
            {ratings.map(({ model, good, bad, reasons }) => (
              <Row key={model} name={model}>
                <Cell number>{formatNumber(good)}</Cell>
                <Cell number>{formatNumber(bad)}</Cell>
                <Cell
                  number
                >{t`${{ share: formatNumber(Math.round((100 * good) / (good + bad))) }} %`}</Cell>
                <Cell>{reasonsText(reasons)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part title={t`Use`} empty={sessions === 0 && t`No session has been counted in these days.`}>
        <p className="mb-4 text-sm">
          {t`${plural(people, { one: "# person", other: "# people" })}, ${plural(sessions, { one: "# session", other: "# sessions" })}, half of them longer than ${{ time: lengthText(medianSeconds ?? 0) }}. Who does not want to be counted is not among them.`}
        </p>
        <Table caption={t`What is used`}>
          <HeadRow>
            <Column>{t`Operation`}</Column>
            <Column number>{t`People`}</Column>
            <Column number>{t`Times`}</Column>
          </HeadRow>
          <tbody>
            {features.map(({ name, people: users, times }) => (
              <Row key={name} name={<code className="text-xs">{name}</code>}>
                <Cell number>{formatNumber(users)}</Cell>
                <Cell number>{formatNumber(times)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part
        title={t`Reported problems`}
        empty={reports.length === 0 && t`No problem has been reported.`}
      >
        <Reports reports={reports} />
      </Part>
    </div>
  );
}

/** `empty` is said in place of what there is not. */
function Part({
  title,
  empty,
  children,
}: {
  title: string;
  empty: string | false;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 font-semibold">{title}</h2>
      {empty ? <p className="text-sm text-ink-muted">{empty}</p> : children}
    </section>
  );
}

function reasonsText(reasons: Feedback["ratings"][number]["reasons"]): string {
  const texts = Object.entries(reasons)
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${reasonName(reason as Reason)} ${formatNumber(count)}`);
  return formatList(texts);
}

function lengthText(seconds: number): string {
  if (seconds < 60) return t`${{ seconds: formatNumber(seconds) }} s`;
  return plural({ minutes: Math.round(seconds / 60) }, { one: "# minute", other: "# minutes" });
}

function daysText(days: number): string {
  return plural(days, { one: "# day", other: "# days" });
}
