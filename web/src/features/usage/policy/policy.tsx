import { t } from "@lingui/core/macro";
import { Plus } from "lucide-react";
import { useState } from "react";

import type { BudgetState } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ruleText } from "@/i18n/budgets";
import { notify } from "@/ui/notify";
import { Skeleton } from "@/ui/skeleton";

import { whenText } from "../state/budgets";
import { BudgetForm } from "./budget-form";
import { BudgetItem } from "./budget-item";
import { CacheTime } from "./cache-time";
import { withBudget, withoutBudget, type BudgetRule } from "./rule";
import { Summaries } from "./summaries";
import { UnknownPrice } from "./unknown-price";
import { savePolicy, usePolicy } from "./use-policy";

/** What may be spent here, for who decides it. `models` are the names that can be limited. */
export function Policy({ models }: { models: readonly string[] }) {
  const { data, dataUpdatedAt, isError, refetch } = usePolicy();
  // The budget that is changed; "new" for one that is added.
  const [opened, setOpened] = useState<BudgetRule | "new" | null>(null);
  if (!data) {
    if (!isError) return <Skeleton label={t`budgets`} lines={["w-2/3", "w-1/2", "w-3/5"]} />;
    return (
      <Notice
        title={t`The budgets could not be loaded.`}
        actions={<Button onClick={() => void refetch()}>{t`Try again`}</Button>}
      >
        {t`They hold all the same.`}
      </Notice>
    );
  }

  const now = new Date(dataUpdatedAt);
  const { budgets, rules, setting, timeZone, changedBy, changedAt } = data;
  return (
    <>
      <section aria-labelledby="budgets-heading" className="pb-10">
        <div className="flex flex-wrap items-end justify-between gap-3 pb-4">
          <div className="min-w-0">
            <h2 id="budgets-heading" className="font-semibold">
              {t`What may be spent`}
            </h2>
            <p className="text-sm text-ink-muted">
              {t`All of these hold at once. A change holds everywhere within five seconds.`}
            </p>
          </div>
          <Button variant="primary" onClick={() => setOpened("new")}>
            <Plus size={16} aria-hidden />
            {t`Add a budget`}
          </Button>
        </div>
        {budgets.length === 0 ? (
          <p className="rounded-card border border-dashed border-control px-4 py-8 text-center text-sm text-ink-muted">
            {t`There are no budgets: everybody may spend without a limit.`}
          </p>
        ) : (
          <ul className="grid gap-3 lg:grid-cols-2">
            {budgets.map((budget) => (
              <BudgetItem
                key={`${budget.id} ${budget.fixed}`}
                budget={budget}
                now={now}
                onChange={() => setOpened(budget.rule)}
                onRemove={() => void remove(budget)}
              />
            ))}
          </ul>
        )}
      </section>
      <div className="grid gap-x-8 border-t border-line pt-8 lg:grid-cols-2">
        <UnknownPrice rules={rules} setting={setting} />
        <CacheTime rules={rules} setting={setting} />
        <Summaries rules={rules} />
      </div>
      <p className="text-xs text-ink-muted">
        {t`Days and months begin in the time zone ${timeZone}.`}
        {changedAt === null
          ? null
          : ` ${t`Last changed by ${{ person: changedBy ?? t`an administrator` }}, ${{ time: whenText(new Date(changedAt), now) }}.`}`}
      </p>
      {opened === null ? null : (
        <BudgetForm
          budget={opened === "new" ? null : opened}
          others={budgets}
          models={models}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

async function remove({ rule }: BudgetState) {
  const problem = await savePolicy((rules) => withoutBudget(rules, rule));
  if (problem !== null) {
    notify(t`The budget was not removed.`, { detail: problem });
    return;
  }
  notify(t`Budget removed`, { detail: ruleText(rule), undo: () => void restore(rule) });
}

async function restore(rule: BudgetRule) {
  const problem = await savePolicy((rules) => withBudget(rules, rule));
  if (problem !== null) notify(t`The budget was not put back.`, { detail: problem });
}
