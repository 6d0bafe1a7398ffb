import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";

import type { BudgetLeft, ModelSummary, TokenUsage } from "@/contract/contract.gen";
import { classes } from "@/ui/classes";

import { useBudgets } from "../api/use-budgets";
import { roughDollars } from "@/i18n/amounts";
import { leftText, levelOf, tightestBudget } from "../state/budgets";
import { estimateMicros } from "../state/estimate";
import { levelInk } from "./levels";

export interface NextQuestionProps {
  /** Ids of the models that are asked. */
  asked: readonly string[];
  models: readonly ModelSummary[];
  characters: number;
  /** What the last answer was made of. */
  lastUsage: TokenUsage | null;
  /** True while an answer is written, after which less is left. */
  isBusy: boolean;
}

const noBudgets: readonly BudgetLeft[] = [];
/** Micro-dollars from which on a question's cost is told where nothing is limited. */
const worthTelling = 10_000;

export default function NextQuestion({
  asked,
  models,
  characters,
  lastUsage,
  isBusy,
}: NextQuestionProps) {
  const { data, dataUpdatedAt, refetch } = useBudgets();
  const wasBusy = useRef(isBusy);
  useEffect(() => {
    if (wasBusy.current && !isBusy) void refetch();
    wasBusy.current = isBusy;
  }, [isBusy, refetch]);

  const budgets = data?.budgets ?? noBudgets;
  const budget = tightestBudget(budgets, asked);
  const micros = asked.reduce((sum, id) => {
    const price = models.find((model) => model.id === id)?.price;
    // What is charged by the second is not known before.
    if (!price || price.secondMicros > 0) return Number.NaN;
    return sum + estimateMicros(price, characters, lastUsage);
  }, 0);
  const tellsCost = micros >= worthTelling || (budgets.length > 0 && micros > 0);
  if (!budget && !tellsCost) return null;
  return (
    <p className="flex flex-wrap justify-between gap-x-4 px-4.5 pt-2 text-2xs text-ink-muted tabular-nums">
      {budget ? (
        <span className={classes(levelInk[levelOf(budget)])}>
          {leftText(budget, new Date(dataUpdatedAt))}
        </span>
      ) : null}
      {tellsCost ? (
        <span className="ms-auto">
          <span className="max-sm:sr-only">{t`Next question:`} </span>
          {roughDollars(micros)}
        </span>
      ) : null}
    </p>
  );
}
