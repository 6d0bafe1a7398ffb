import { t } from "@lingui/core/macro";
import { useId, useState, type ReactNode } from "react";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SelectField } from "@/ui/select-field";

import type { Rules } from "./rule";
import { savePolicy } from "./use-policy";

export interface DecisionProps {
  rules: Rules;
  setting: Rules;
}

/** One thing that is decided for all, with what belongs to the choice. Nothing holds until saved. */
export function Decision<T extends string>({
  title,
  description,
  label,
  options,
  value,
  onChange,
  isChanged,
  rules,
  onSaved,
  children,
}: {
  title: string;
  description: string;
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  isChanged: boolean;
  /** As they will be; null while something is wrong. */
  rules: ((rules: Rules) => Rules) | null;
  onSaved: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  async function submit() {
    if (!rules || isSaving) return;
    setIsSaving(true);
    const problem = await savePolicy(rules);
    setIsSaving(false);
    setRefusal(problem);
    if (problem === null) onSaved();
  }

  return (
    <section
      aria-labelledby={id}
      className="pb-8 lg:row-span-3 lg:grid lg:grid-rows-subgrid lg:*:min-w-0"
    >
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      <p className="pb-3 text-sm text-ink-muted">{description}</p>
      <form
        noValidate
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SelectField label={label} options={options} value={value} onChange={onChange} />
        {children}
        {isChanged ? (
          <div className="flex gap-2">
            <Button type="submit" variant="primary" aria-disabled={isSaving || rules === null}>
              {isSaving ? t`Saving …` : t`Save`}
            </Button>
            <Button onClick={onSaved}>{t`Cancel`}</Button>
          </div>
        ) : null}
        {refusal === null ? null : (
          <div role="alert">
            <Notice title={t`This was not saved.`}>{refusal}</Notice>
          </div>
        )}
      </form>
    </section>
  );
}
