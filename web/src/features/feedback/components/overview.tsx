import type { ReactNode } from "react";

import type { Feedback } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SegmentedControl } from "@/ui/segmented-control";
import { Skeleton } from "@/ui/skeleton";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

import { useFeedback } from "../api/use-feedback";
import { reasonNames } from "./reason-names";
import { Reports } from "./reports";

export type FeedbackPeriod = 7 | 30 | 90;

const periods = ([7, 30, 90] as const).map((value) => ({ value, label: `${value} days` }));

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
      <SegmentedControl legend="Period" options={periods} value={period} onChange={onPeriod} />
      <div className="mt-6" aria-busy={feedback === null && problem === null}>
        {problem !== null ? (
          <Notice
            title="This could not be read."
            actions={<Button onClick={again}>Try again</Button>}
          >
            {problem}
          </Notice>
        ) : feedback === null ? (
          <Skeleton label="feedback" lines={["w-1/3", "w-full", "w-2/3"]} />
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
          There is more than can be read at once: the oldest part of these days is missing.
        </Notice>
      )}
      <Part
        title="Answers"
        empty={ratings.length === 0 && "No answer has been rated in these days."}
      >
        <Table caption="Ratings by model">
          <HeadRow>
            <Column>Model</Column>
            <Column number>Good</Column>
            <Column number>Bad</Column>
            <Column number>Of them good</Column>
            <Column>Why bad</Column>
          </HeadRow>
          <tbody>
            {ratings.map(({ model, good, bad, reasons }) => (
              <Row key={model} name={model}>
                <Cell number>{good}</Cell>
                <Cell number>{bad}</Cell>
                <Cell number>{Math.round((100 * good) / (good + bad))} %</Cell>
                <Cell>{reasonsText(reasons)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part title="Use" empty={sessions === 0 && "No session has been counted in these days."}>
        <p className="mb-4 text-sm">
          {people} {people === 1 ? "person" : "people"}, {sessions}{" "}
          {sessions === 1 ? "session" : "sessions"}, half of them longer than{" "}
          {lengthText(medianSeconds ?? 0)}. Who does not want to be counted is not among them.
        </p>
        <Table caption="What is used">
          <HeadRow>
            <Column>Operation</Column>
            <Column number>People</Column>
            <Column number>Times</Column>
          </HeadRow>
          <tbody>
            {features.map(({ name, people: users, times }) => (
              <Row key={name} name={name}>
                <Cell number>{users}</Cell>
                <Cell number>{times}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part
        title="Reported problems"
        empty={reports.length === 0 && "No problem has been reported."}
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
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      {empty ? <p className="text-sm text-ink-muted">{empty}</p> : children}
    </section>
  );
}

function reasonsText(reasons: Feedback["ratings"][number]["reasons"]): string {
  return Object.entries(reasons)
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${reasonNames[reason as keyof typeof reasonNames]} ${count}`)
    .join(", ");
}

function lengthText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}
