import { useId } from "react";

import type { BudgetLeft } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Notice } from "@/ui/notice";

import { useBudgets } from "../api/use-budgets";
import { amountText, shareText } from "../state/amounts";
import { leftOf, levelOf, partTaken, whenText } from "../state/budgets";
import { levelFill, levelInk } from "./levels";

/** The budgets that concern a person; nothing where there are none. */
export function Budgets() {
  const { data, dataUpdatedAt, isError, refetch } = useBudgets();
  if (isError && !data) {
    return (
      <div className="pb-10">
        <Notice
          title="Your budgets could not be loaded."
          actions={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          They hold all the same.
        </Notice>
      </div>
    );
  }
  if (!data || data.budgets.length === 0) return null;
  return (
    <section aria-label="Budgets" className="pb-10">
      <h2 className="pb-3 font-semibold">Budgets</h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {data.budgets.map((budget) => (
          <Budget key={budget.id} budget={budget} now={new Date(dataUpdatedAt)} />
        ))}
      </ul>
    </section>
  );
}

function Budget({ budget, now }: { budget: BudgetLeft; now: Date }) {
  const id = useId();
  const { text, unit, limit, used, reserved, renewsAt, hard } = budget;
  const level = levelOf(budget);
  const isAtOnce = unit === "answers";
  const never = isAtOnce ? "Free again when an answer ends." : "Never renews.";
  const renewal = renewsAt === null ? never : `Renews ${whenText(new Date(renewsAt), now)}.`;
  return (
    <li className="rounded-card border border-line bg-raised px-4 py-3.5 text-sm">
      <p id={id} className="font-medium">
        {text}
      </p>
      <Meter budget={budget} labelledBy={id} />
      <p className={classes("font-medium tabular-nums", levelInk[level])}>
        {level === "danger" ? "Used up" : `${amountText(leftOf(budget), unit)} left`}
      </p>
      <p className="text-xs text-ink-muted tabular-nums">
        {isAtOnce
          ? `${shareText(reserved, limit, unit)} being written`
          : `${shareText(used, limit, unit)} used`}
        {reserved > 0 && !isAtOnce
          ? `, ${amountText(reserved, unit)} reserved for running answers`
          : ""}
      </p>
      <p className="text-xs text-ink-muted">
        {renewal}
        {hard ? "" : " Only warns, refuses nothing."}
      </p>
    </li>
  );
}

function Meter({ budget, labelledBy }: { budget: BudgetLeft; labelledBy: string }) {
  const { unit, limit, used, reserved } = budget;
  const taken = partTaken(budget) * 100;
  const reservedPart = limit === 0 ? 0 : Math.min((reserved / limit) * 100, taken);
  const fill = levelFill[levelOf(budget)];
  return (
    <div
      role="meter"
      aria-labelledby={labelledBy}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(taken)}
      aria-valuetext={shareText(used + reserved, limit, unit)}
      className="my-2.5 h-2 overflow-hidden rounded-full bg-selected"
    >
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" className="block size-full" aria-hidden>
        <rect width={taken - reservedPart} height={1} className={fill} />
        <rect
          x={taken - reservedPart}
          width={reservedPart}
          height={1}
          className={classes(fill, "opacity-50")}
        />
      </svg>
    </div>
  );
}
