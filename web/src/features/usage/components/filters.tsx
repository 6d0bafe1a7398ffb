import { plural, t } from "@lingui/core/macro";
import { X } from "lucide-react";

import type { UsageSummary } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/select-field";

import type { Chosen } from "../state/everyone";
import { featureName } from "../state/grouping";
import { keyName, noKey, type KeyNames } from "../state/keys";
import { personName } from "../state/people";
import { monthsUpTo, monthText, type Period } from "../state/periods";
import { dimensionName } from "./names";

const periods: readonly Period[] = [7, 30, 90];

export const groupings = ["day", "person", "model", "provider", "feature", "key"] as const;

/**
 * The period, and what narrows the sums to one person, provider, model, feature or key. Where there is
 * no room for all groupings in one line, also what they are grouped by.
 */
export function Filters({
  chosen,
  today,
  summary,
  keys,
  onChoose,
}: {
  chosen: Chosen;
  today: string;
  summary: UsageSummary | undefined;
  keys: KeyNames;
  onChoose: (change: Chosen) => void;
}) {
  const { days = 30, month, by = "day", person, provider, model, feature, key } = chosen;
  const models = summary?.models ?? [];
  const providers = [...new Set(models.map(providerOf))];
  const ofProvider = models.filter((one) => !provider || providerOf(one) === provider);
  return (
    <>
      <div className="grid grid-cols-2 gap-3 pb-4 lg:grid-cols-4">
        <div className="max-lg:col-span-2">
          <SelectField
            label={t`Period`}
            value={month ?? String(days)}
            options={[
              ...periods.map((period) => ({
                value: String(period),
                label: plural(period, { one: "Last day", other: "Last # days" }),
              })),
              ...monthsUpTo(today, 13).map((one) => ({ value: one, label: monthText(one) })),
            ]}
            onChange={(value) => {
              const period = periods.find((one) => String(one) === value);
              onChoose({ days: period, month: period ? undefined : value });
            }}
          />
        </div>
        <Narrowing
          label={t`Provider`}
          every={t({ message: "All", context: "providers" })}
          known={providers}
          value={provider}
          onChange={(value) => onChoose({ provider: value, model: undefined })}
        />
        <Narrowing
          label={t`Model`}
          every={t({ message: "All", context: "models" })}
          known={ofProvider}
          value={model}
          onChange={(value) => onChoose({ model: value })}
        />
        <Narrowing
          label={t`Feature`}
          every={t({ message: "All", context: "features" })}
          known={summary?.features ?? []}
          value={feature}
          nameOf={featureName}
          onChange={(value) => onChoose({ feature: value })}
        />
        <div className="lg:hidden">
          <SelectField
            label={t`Grouped by`}
            value={by}
            options={groupings.map((value) => ({ value, label: dimensionName(value) }))}
            onChange={(value) => onChoose({ by: value })}
          />
        </div>
      </div>
      {person ? (
        <Only
          what={t`Only ${{ person: summary ? personName(summary.people, person).name : t`one person` }}`}
          all={t`Show everyone`}
          onAll={() => onChoose({ person: undefined })}
        />
      ) : null}
      {key ? (
        <Only
          what={
            key === noKey
              ? t`Only what was used without a key`
              : t`Only the key ${{ key: keyName(keys, key).name }}`
          }
          all={t`Show all keys`}
          onAll={() => onChoose({ key: undefined })}
        />
      ) : null}
    </>
  );
}

function Only({ what, all, onAll }: { what: string; all: string; onAll: () => void }) {
  return (
    <p className="flex flex-wrap items-center gap-2 pb-4 text-sm">
      {what}
      <Button onClick={onAll}>
        <X size={16} aria-hidden />
        {all}
      </Button>
    </p>
  );
}

export function Narrowing({
  label,
  every,
  known,
  value,
  nameOf = (one) => one,
  onChange,
}: {
  label: string;
  every: string;
  known: readonly string[];
  value: string | undefined;
  nameOf?: (one: string) => string;
  onChange: (value: string | undefined) => void;
}) {
  // What was chosen stays, though another period has nothing of it.
  const all = value === undefined || known.includes(value) ? known : [...known, value];
  return (
    <SelectField
      label={label}
      value={value ?? ""}
      options={[
        { value: "", label: every },
        ...all.map((one) => ({ value: one, label: nameOf(one) })),
      ]}
      onChange={(one) => onChange(one || undefined)}
    />
  );
}

function providerOf(model: string): string {
  return model.slice(0, model.indexOf("/"));
}
