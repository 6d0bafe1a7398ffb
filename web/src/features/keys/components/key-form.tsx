import { t } from "@lingui/core/macro";
import { useState, type FormEvent } from "react";

import type { CreatedKey } from "@/contract/contract.gen";
import { AmountFields } from "@/ui/amount-fields";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Dialog, dialogEndClass } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { SelectField } from "@/ui/select-field";
import { Switch } from "@/ui/switch";
import { TextField } from "@/ui/text-field";

import { createKey } from "../api/keys";
import { emptyDraft, inputOf, longestName, problemsOf, type Draft } from "../state/draft";

const days = () =>
  [
    { value: "7", label: t`After a week` },
    { value: "30", label: t`After 30 days` },
    { value: "90", label: t`After 90 days` },
    { value: "365", label: t`After a year` },
  ] as const;

const units = ["USD", "tokens", "requests"] as const;

/** Makes a key. What it holds is not lost when that is refused. */
export function KeyForm({
  onMade,
  onClose,
}: {
  onMade: (made: CreatedKey) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(emptyDraft);
  const [isTried, setIsTried] = useState(false);
  const [isPending, setIsPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const problems = isTried ? problemsOf(draft) : {};

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    const input = inputOf(draft, crypto.randomUUID());
    if (input === null || isPending) return;
    setIsPending(true);
    const outcome = await createKey(input);
    setIsPending(false);
    if (outcome.ok) onMade(outcome.value);
    else setRefusal(outcome.problem);
  }

  return (
    <Dialog
      open
      wide
      title={t`Make a key`}
      description={t`A program asks models with it in your name, and on your budgets.`}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t`Name`}
            placeholder={t`Nightly report`}
            autoComplete="off"
            maxLength={longestName}
            value={draft.name}
            problem={problems.name}
            onChange={(event) => change({ name: event.target.value })}
          />
          <SelectField
            label={t`It expires`}
            options={days()}
            value={draft.days}
            onChange={(value) => change({ days: value })}
          />
        </div>
        <TextField
          label={t`Only for these models`}
          hint={t`Left empty, it is for all that you may ask.`}
          placeholder="openai/gpt-5-mini, mistral/*"
          dir="ltr"
          autoComplete="off"
          value={draft.models}
          problem={problems.models}
          onChange={(event) => change({ models: event.target.value })}
        />
        <Switch
          label={t`A budget of its own`}
          hint={t`Beside yours, which holds all the same.`}
          checked={draft.isLimited}
          onChange={(isLimited) => change({ isLimited })}
        />
        {draft.isLimited ? (
          <AmountFields value={draft} units={units} problem={problems.amount} onChange={change} />
        ) : null}
        {refusal === null ? null : (
          <div role="alert">
            <Notice title={t`No key was made.`}>{refusal}</Notice>
          </div>
        )}
        <div className={classes(dialogEndClass, "flex justify-end gap-2")}>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button type="submit" variant="primary" aria-disabled={isPending}>
            {isPending ? t`Making …` : t`Make the key`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
