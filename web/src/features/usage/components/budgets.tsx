import { t } from "@lingui/core/macro";
import { useId } from "react";

import type { BudgetLeft } from "@/contract/contract.gen";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cardClass } from "@/ui/card";
import { classes } from "@/ui/classes";
import { Meter } from "@/ui/meter";
import { Notice } from "@/ui/notice";

import { useBudgets } from "../api/use-budgets";
import { amountText, shareText } from "@/i18n/amounts";
import { budgetText } from "@/i18n/budgets";
import { leftOf, levelOf, partTaken, whenText } from "../state/budgets";
import { levelInk } from "./levels";

/** The budgets that concern a person; nothing where there are none. */
export function Budgets() {
  const { data, dataUpdatedAt, isError, refetch } = useBudgets();
  if (isError && !data) {
    return (
      <div className="pb-10">
        <Notice
          title={t`Your budgets could not be loaded.`}
          actions={<Button onClick={() => void refetch()}>{t`Try again`}</Button>}
        >
          {t`They hold all the same.`}
        </Notice>
      </div>
    );
  }
  if (!data || data.budgets.length === 0) return null;
  return (
    <section aria-label={t`Budgets`} className="pb-10">
      <h2 className="pb-3 font-semibold">{t`Budgets`}</h2>
      <ul className="grid gap-3 lg:grid-cols-2">
        {data.budgets.map((budget) => (
          <Budget key={budget.id} budget={budget} now={new Date(dataUpdatedAt)} />
        ))}
      </ul>
    </section>
  );
}

function Budget({ budget, now }: { budget: BudgetLeft; now: Date }) {
  const id = useId();
  const { unit, limit, used, reserved, renewsAt, hard } = budget;
  const level = levelOf(budget);
  const taken = partTaken(budget);
  const isAtOnce = unit === "answers";
  const never = isAtOnce ? t`Free again when an answer ends.` : t`Never renews.`;
  const renewal =
    renewsAt === null ? never : t`Renews ${{ time: whenText(new Date(renewsAt), now) }}.`;
  return (
    <li className={classes(cardClass, "px-4 py-3.5 text-sm")}>
      <p className="flex items-start justify-between gap-2 font-medium">
        <span id={id}>{budgetText(budget)}</span>
        {hard ? null : <Badge>{t`Only warns`}</Badge>}
      </p>
      <div className="py-2.5">
        <Meter
          labelledBy={id}
          text={shareText(used + reserved, limit, unit)}
          taken={taken}
          reserved={limit === 0 ? 0 : Math.min(reserved / limit, taken)}
          tone={level}
        />
      </div>
      <p className={classes("font-medium tabular-nums", levelInk[level])}>
        {level === "danger" ? t`Used up` : t`${{ amount: amountText(leftOf(budget), unit) }} left`}
      </p>
      <p className="text-xs text-ink-muted tabular-nums">{usedText(budget)}</p>
      <p className="text-xs text-ink-muted">{renewal}</p>
    </li>
  );
}

function usedText({ unit, limit, used, reserved }: BudgetLeft): string {
  if (unit === "answers") {
    return t`${{ amount: shareText(reserved, limit, unit) }} being written`;
  }
  const amount = shareText(used, limit, unit);
  return reserved > 0
    ? t`${amount} used, ${{ reserved: amountText(reserved, unit) }} reserved for running answers`
    : t`${amount} used`;
}
