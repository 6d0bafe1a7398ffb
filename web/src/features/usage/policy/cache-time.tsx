import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";

import { SelectField } from "@/ui/select-field";
import { TextField } from "@/ui/text-field";

import { Decision, type DecisionProps } from "./decision";
import type { Rules } from "./rule";

type Choice = "deployed" | "off" | "on-request" | "on";
type Unit = "minutes" | "hours" | "days";

interface Draft {
  choice: Choice;
  count: string;
  unit: Unit;
}

const seconds: Record<Unit, number> = { minutes: 60, hours: 3_600, days: 86_400 };
const longest = 366 * seconds.days;
const units = (): { value: Unit; label: string }[] => [
  { value: "minutes", label: t`minutes` },
  { value: "hours", label: t`hours` },
  { value: "days", label: t`days` },
];

/** Whether who asks exactly the same again gets the answer that was made before, and for how long. */
export function CacheTime({ rules, setting }: DecisionProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const { choice, count, unit } = draft ?? savedDraft(rules.cache);
  const time = /^[1-9]\d{0,5}$/.test(count.trim()) ? Number(count) * seconds[unit] : 0;
  const isKept = choice === "on" || choice === "on-request";
  const isWrong = isKept && (time === 0 || time > longest);
  const change = (changes: Partial<Draft>) => setDraft({ choice, count, unit, ...changes });
  return (
    <Decision
      title={t`Answers from before`}
      description={t`Who asks exactly the same again gets them at once, for nothing.`}
      label={t`Answers are`}
      options={[
        { value: "deployed", label: t`As deployed: ${{ decision: deployedText(setting.cache) }}` },
        { value: "off", label: t`Not kept` },
        { value: "on-request", label: t`Kept for a time, for who asks for it` },
        { value: "on", label: t`Kept for a time, for all` },
      ]}
      value={choice}
      onChange={(value) => change({ choice: value })}
      isChanged={draft !== null}
      rules={
        isWrong
          ? null
          : (known) => ({
              ...known,
              cache:
                choice === "deployed"
                  ? null
                  : { seconds: isKept ? time : 0, onRequest: choice === "on-request" },
            })
      }
      onSaved={() => setDraft(null)}
    >
      {choice === "on-request" ? (
        <p className="text-sm text-ink-muted">
          <Trans>
            A conversation asks for it under Instructions and memory, a program with{" "}
            <code>cache: true</code>.
          </Trans>
        </p>
      ) : null}
      {isKept ? (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t`How long`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={count}
            problem={isWrong && count !== "" ? t`Write a whole number, a year at most.` : undefined}
            onChange={(event) => change({ count: event.target.value })}
          />
          <SelectField
            label={t`Unit`}
            options={units()}
            value={unit}
            onChange={(value) => change({ unit: value })}
          />
        </div>
      ) : null}
    </Decision>
  );
}

function savedDraft(saved: Rules["cache"]): Draft {
  if (saved === null) return { choice: "deployed", count: "24", unit: "hours" };
  const { seconds: time, onRequest } = saved;
  if (time === 0) return { choice: "off", count: "24", unit: "hours" };
  const unit = largestUnit(time);
  return { choice: onRequest ? "on-request" : "on", count: String(time / seconds[unit]), unit };
}

function largestUnit(time: number): Unit {
  if (time % seconds.days === 0) return "days";
  return time % seconds.hours === 0 ? "hours" : "minutes";
}

function deployedText(setting: Rules["cache"]): string {
  if (setting === null || setting.seconds === 0) return t`not kept`;
  const time = timeText(setting.seconds);
  return setting.onRequest ? t`${{ time }}, for who asks for it` : t`${{ time }}, for all`;
}

function timeText(time: number): string {
  const unit = largestUnit(time);
  const count = time / seconds[unit];
  switch (unit) {
    case "minutes":
      return plural(count, { one: "kept for # minute", other: "kept for # minutes" });
    case "hours":
      return plural(count, { one: "kept for # hour", other: "kept for # hours" });
    case "days":
      return plural(count, { one: "kept for # day", other: "kept for # days" });
  }
}
