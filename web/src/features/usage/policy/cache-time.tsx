import { useState } from "react";

import { SelectField } from "@/ui/select-field";
import { TextField } from "@/ui/text-field";

import { counted } from "../state/amounts";
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
const units = (["minutes", "hours", "days"] as const).map((unit) => ({ value: unit, label: unit }));

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
      title="Answers from before"
      description="Who asks exactly the same again gets them at once, for nothing."
      label="Answers are"
      options={[
        { value: "deployed", label: `As deployed: ${deployedText(setting.cache)}` },
        { value: "off", label: "Not kept" },
        { value: "on-request", label: "Kept for a time, for who asks for it" },
        { value: "on", label: "Kept for a time, for all" },
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
          A conversation asks for it under Instructions and memory, a program with{" "}
          <code>cache: true</code>.
        </p>
      ) : null}
      {isKept ? (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label="How long"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={count}
            problem={isWrong && count !== "" ? "Write a whole number, a year at most." : undefined}
            onChange={(event) => change({ count: event.target.value })}
          />
          <SelectField
            label="Unit"
            options={units}
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
  if (setting === null || setting.seconds === 0) return "not kept";
  const unit = largestUnit(setting.seconds);
  const count = setting.seconds / seconds[unit];
  const time = `${counted(count)} ${count === 1 ? unit.slice(0, -1) : unit}`;
  return `kept for ${time}, for ${setting.onRequest ? "who asks for it" : "all"}`;
}
