import { t } from "@lingui/core/macro";

import { classes } from "./classes";
import { SelectField } from "./select-field";
import { TextField } from "./text-field";

type Period = "minute" | "hour" | "day" | "week" | "month" | "ever";
type Unit = "USD" | "tokens" | "requests" | "answers";

interface Amount<U extends Unit> {
  amount: string;
  unit: U;
  period: Period;
}

const unitNames: Record<Unit, () => string> = {
  USD: () => t`US dollars`,
  tokens: () => t`tokens`,
  requests: () => t`requests`,
  answers: () => t`answers at once`,
};

const periods = () =>
  [
    { value: "minute", label: t`a minute` },
    { value: "hour", label: t`an hour` },
    { value: "day", label: t`a day` },
    { value: "week", label: t`a week` },
    { value: "month", label: t`a month` },
    { value: "ever", label: t`in all, for good` },
  ] as const;

/** How much, of what, in which time; `units` are those that can be chosen. */
export function AmountFields<U extends Unit>({
  value: { amount, unit, period },
  units,
  problem,
  onChange,
}: {
  value: Amount<U>;
  units: readonly U[];
  problem: string | undefined;
  onChange: (change: Partial<Amount<U>>) => void;
}) {
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
      <div className="max-sm:col-span-2">
        <TextField
          label={t`How much`}
          inputMode="decimal"
          autoComplete="off"
          maxLength={24}
          value={amount}
          problem={problem}
          onChange={(event) => onChange({ amount: event.target.value })}
        />
      </div>
      <div className={classes(unit === "answers" && "max-sm:col-span-2")}>
        <SelectField
          label={t`Of what`}
          options={units.map((value) => ({ value, label: unitNames[value]() }))}
          value={unit}
          onChange={(value) => onChange({ unit: value })}
        />
      </div>
      {unit === "answers" ? null : (
        <SelectField
          label={t`In which time`}
          options={periods()}
          value={period}
          onChange={(value) => onChange({ period: value })}
        />
      )}
    </div>
  );
}
