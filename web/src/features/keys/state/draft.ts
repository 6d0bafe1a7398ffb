/** A key as it is written into the form. */
import { t } from "@lingui/core/macro";

import type { CreateKey, KeyBudget } from "@/contract/contract.gen";
import { readAmount } from "@/i18n/amounts";

export interface Draft {
  name: string;
  days: Days;
  isLimited: boolean;
  amount: string;
  unit: KeyBudget["unit"];
  period: KeyBudget["period"];
  /** Patterns, one a line or with commas between them. */
  models: string;
}

type Days = "7" | "30" | "90" | "365";
export type Problems = Partial<Record<"name" | "amount" | "models", string>>;

export const emptyDraft: Draft = {
  name: "",
  days: "90",
  isLimited: false,
  amount: "5",
  unit: "USD",
  period: "month",
  models: "",
};

export const longestName = 60;
const mostModels = 20;
/** A key that may take nothing is none. */
function limitOf({ amount, unit }: Draft): number | null {
  return readAmount(amount, unit) || null;
}

function modelsOf({ models }: Draft): string[] {
  return models.split(/[\s,]+/).filter((one) => one !== "");
}

export function problemsOf(draft: Draft): Problems {
  const problems: Problems = {};
  if (draft.name.trim() === "") problems.name = t`Say what it is for.`;
  if (draft.isLimited && limitOf(draft) === null) {
    problems.amount =
      draft.unit === "USD" ? t`Write dollars as a number, such as 5.` : t`Write a whole number.`;
  }
  const models = modelsOf(draft);
  if (models.length > mostModels) problems.models = t`${{ count: mostModels }} are the most.`;
  else if (!models.every((one) => /^[!-~]{1,200}$/.test(one) && one.includes("/"))) {
    problems.models = t`Write them as openai/gpt-5-mini, or openai/* for all of OpenAI.`;
  }
  return problems;
}

/** As it is sent; null while something is wrong. */
export function inputOf(draft: Draft, requestId: string): CreateKey | null {
  if (Object.keys(problemsOf(draft)).length > 0) return null;
  const limit = draft.isLimited ? limitOf(draft) : null;
  const models = modelsOf(draft);
  return {
    requestId,
    name: draft.name.trim(),
    days: Number(draft.days),
    budget: limit === null ? null : { limit, unit: draft.unit, period: draft.period },
    models: models.length === 0 ? null : models,
  };
}
