import { t } from "@lingui/core/macro";
import { useId, useState, type FormEvent } from "react";

import type { BudgetState } from "@/contract/contract.gen";
import { ruleText } from "@/i18n/budgets";
import { AmountFields } from "@/ui/amount-fields";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Dialog, dialogEndClass } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { SegmentedControl } from "@/ui/segmented-control";
import { SelectField } from "@/ui/select-field";
import { TextField } from "@/ui/text-field";

import {
  draftOf,
  emptyDraft,
  isForTheSame,
  problemsOf,
  ruleOf,
  sentence,
  withBudget,
  type BudgetRule,
  type Draft,
} from "./rule";
import { savePolicy } from "./use-policy";

const groups = () =>
  [
    { value: "everyone", label: t`Everybody` },
    { value: "member", label: t`Members` },
    { value: "guest", label: t`Guests` },
    { value: "admin", label: t`Administrators` },
    { value: "group", label: t`A group` },
    { value: "person", label: t`One person` },
  ] as const;

const units = ["USD", "tokens", "requests", "answers"] as const;

const scopes = () =>
  [
    { value: "all", label: t`All models` },
    { value: "begins", label: t`Models beginning with…` },
    { value: "one", label: t`One model` },
  ] as const;

const pattern = () => ({ value: "pattern", label: t`Models like a pattern` }) as const;

/** Adds a budget, or changes one. What it holds is not lost when it cannot be saved. */
export function BudgetForm({
  budget,
  others,
  models,
  onClose,
}: {
  budget: BudgetRule | null;
  others: readonly BudgetState[];
  models: readonly string[];
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<Draft>(() => (budget ? draftOf(budget) : emptyDraft));
  const [isTried, setIsTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const rule = ruleOf(draft);
  const problems = isTried ? problemsOf(draft) : {};
  const same = rule ? others.filter((other) => isForTheSame(other.rule, rule)) : [];
  const isTaken =
    same.some(({ fixed }) => !fixed) && !(budget && rule && isForTheSame(budget, rule));
  const fixed = same.find((other) => other.fixed);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (!rule || isTaken || isSaving) return;
    setIsSaving(true);
    const problem = await savePolicy((rules) => withBudget(rules, rule, budget ?? undefined));
    setIsSaving(false);
    setRefusal(problem);
    if (problem === null) onClose();
  }

  return (
    <Dialog
      open
      wide
      title={budget ? t`Change a budget` : t`Add a budget`}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
        <Whom draft={draft} change={change} problem={problems.name} />
        <AmountFields value={draft} units={units} problem={problems.amount} onChange={change} />
        <WhichModels draft={draft} change={change} problem={problems.models} models={models} />
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{t`When it is used up`}</legend>
          <SegmentedControl
            legend={t`When it is used up`}
            options={[
              { value: "refuse", label: t`Refuse` },
              { value: "warn", label: t`Only warn` },
            ]}
            value={draft.hard ? "refuse" : "warn"}
            onChange={(value) => change({ hard: value === "refuse" })}
          />
        </fieldset>
        <div role="status" className="rounded-control bg-selected px-3.5 py-2.5 text-sm">
          <p>
            {rule ? sentence(rule) : t`Say whom, how much and on what; here is what it will do.`}
          </p>
          {fixed ? (
            <p className="pt-1 text-ink-muted">
              {t`${{ budget: ruleText(fixed.rule) }} is fixed where this workspace is deployed: the stricter of both holds.`}
            </p>
          ) : null}
          {isTaken ? (
            <p className="pt-1 text-danger">{t`There is a budget for the same already: change that.`}</p>
          ) : null}
        </div>
        {refusal === null ? null : (
          <div role="alert">
            <Notice title={t`This was not saved.`}>{refusal}</Notice>
          </div>
        )}
        <div className={classes(dialogEndClass, "flex justify-end gap-2")}>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button type="submit" variant="primary" aria-disabled={isSaving}>
            {isSaving ? t`Saving …` : budget ? t`Save` : t`Add`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  change: (changes: Partial<Draft>) => void;
  problem: string | undefined;
}

function Whom({ draft: { group, name, shared }, change, problem }: PartProps) {
  const isNamed = group === "group" || group === "person";
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t`Whom it is for`}
          options={groups()}
          value={group}
          onChange={(value) => change({ group: value })}
        />
        {isNamed ? (
          <TextField
            label={group === "group" ? t`Name of the group` : t`E-mail`}
            type={group === "group" ? "text" : "email"}
            autoComplete="off"
            maxLength={254}
            value={name}
            problem={problem}
            onChange={(event) => change({ name: event.target.value })}
          />
        ) : null}
      </div>
      {group === "person" ? null : (
        <SegmentedControl
          legend={t`Together or each`}
          options={[
            { value: "each", label: t`Each person` },
            { value: "together", label: t`All together` },
          ]}
          value={shared ? "together" : "each"}
          onChange={(value) => change({ shared: value === "together" })}
        />
      )}
    </>
  );
}

function WhichModels({
  draft: { scope, models: typed },
  change,
  problem,
  models,
}: PartProps & { models: readonly string[] }) {
  const list = useId();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t`On which models`}
        options={scope === "pattern" ? [...scopes(), pattern()] : scopes()}
        value={scope}
        onChange={(value) => change({ scope: value })}
      />
      {scope === "all" ? null : (
        <>
          <TextField
            label={scope === "begins" ? t`Beginning of the name` : t`Name of the model`}
            placeholder={scope === "begins" ? "openai/o" : "openai/gpt-5"}
            dir="ltr"
            autoComplete="off"
            maxLength={199}
            list={list}
            value={typed}
            problem={problem}
            onChange={(event) => change({ models: event.target.value })}
          />
          <datalist id={list}>
            {models.map((model) => (
              <option key={model} value={model}>
                {model}
              </option>
            ))}
          </datalist>
        </>
      )}
    </div>
  );
}
