import { plural, t } from "@lingui/core/macro";
import { useState } from "react";

import { useAsk } from "@/contract/ask";
import { call } from "@/contract/call";
import type { RebuildDay, RebuiltDay } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { TextField } from "@/ui/text-field";

import { useBudgets } from "../api/use-budgets";
import { dayIn, daysUpTo, dayText } from "../state/periods";
import { DifferenceTable } from "./difference-table";

const rebuild = (request: RebuildDay) => call("usage.rebuild", request);

/** Whether the sums of a day are those of the ledger, and what puts them right. */
export function DayCheck() {
  const { data: budgets } = useBudgets();
  const today = dayIn(budgets?.timeZone ?? "UTC");
  const [chosen, setChosen] = useState<string | null>(null);
  const day = chosen ?? daysUpTo(today, 2)[0] ?? today;
  const { ask, answer, error, isPending } = useAsk(rebuild);
  const found = isPending || error ? null : answer?.output;
  return (
    <section aria-labelledby="check-a-day" className="border-t border-line pt-8">
      <h2 id="check-a-day" className="font-semibold">
        {t`Check a day`}
      </h2>
      <p className="pt-1 pb-4 text-sm text-ink-muted">
        {t`Adds up the ledger once more and compares it with the sums that this page shows. Each night this is done for the day before.`}
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          ask({ day, repair: false });
        }}
      >
        <TextField
          label={t`Day`}
          type="date"
          required
          min="2020-01-01"
          max={today}
          value={day}
          onChange={(event) => setChosen(event.target.value)}
        />
        <Button type="submit" size="large" disabled={isPending}>
          {isPending ? t`Checking …` : t`Check`}
        </Button>
      </form>
      <div role="status" className="pt-4 text-sm">
        {error && !isPending ? (
          <Notice title={t`The day was not checked.`}>{error.message}</Notice>
        ) : null}
        {found ? <p className="font-medium">{outcomeText(found)}</p> : null}
        {found && found.moving > 0 ? (
          <p className="text-ink-muted">
            {plural(
              { count: found.moving },
              {
                one: "# changed meanwhile and could not be compared. Check again.",
                other: "# changed meanwhile and could not be compared. Check again.",
              },
            )}
          </p>
        ) : null}
      </div>
      {found && found.differences.length > 0 ? (
        <>
          <DifferenceTable found={found} />
          {found.repaired === 0 ? (
            <div className="flex flex-wrap items-center gap-3 pt-4">
              <Button variant="primary" onClick={() => ask({ day: found.day, repair: true })}>
                {t`Put the sums right`}
              </Button>
              <p className="min-w-0 flex-1 basis-60 text-xs text-ink-muted">
                {t`Adds to the sums what they lack, or takes away what they have too much, so that they say what the ledger says. The ledger and what was charged stay as they are.`}
              </p>
            </div>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function outcomeText({ day, entries, differences, repaired }: RebuiltDay): string {
  const of = t`${{ day: dayText(day) }}: ${plural(entries, { one: "# entry", other: "# entries" })} of the ledger`;
  if (differences.length === 0) return t`${of}, and the sums agree.`;
  if (repaired > 0) return t`${of}. These sums were put right:`;
  return t`${of}. These sums do not agree:`;
}
