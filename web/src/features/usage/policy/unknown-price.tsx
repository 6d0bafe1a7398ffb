import { t } from "@lingui/core/macro";
import { useState } from "react";

import { TextField } from "@/ui/text-field";

import { dollars } from "@/i18n/amounts";
import { Decision, type DecisionProps } from "./decision";
import type { Rules } from "./rule";

type Choice = "deployed" | "refuse" | "charge";

const micros = 1_000_000;

/** What happens with models whose price nobody knows, where dollars are counted. */
export function UnknownPrice({ rules, setting }: DecisionProps) {
  const [draft, setDraft] = useState<{ choice: Choice; amount: string } | null>(null);
  const saved = savedChoice(rules);
  const { choice, amount } = draft ?? saved;
  const charge = /^\d{1,6}(\.\d{1,6})?$/.test(amount.trim())
    ? Math.round(Number(amount) * micros)
    : null;
  const isWrong = choice === "charge" && charge === null;
  const deployed = setting.unknownPrice?.micros ?? null;
  return (
    <Decision
      title={t`Models without a known price`}
      description={t`What a budget in dollars does with them.`}
      label={t`A question to such a model`}
      options={[
        {
          value: "deployed",
          label: t`As deployed: ${{ decision: deployed === null ? t`refused` : t`charged ${{ amount: dollars(deployed) }}` }}`,
        },
        { value: "refuse", label: t`Is refused` },
        { value: "charge", label: t`Is charged a fixed amount` },
      ]}
      value={choice}
      onChange={(value) => setDraft({ choice: value, amount })}
      isChanged={draft !== null}
      rules={isWrong ? null : (known) => ({ ...known, unknownPrice: priceOf(choice, charge) })}
      onSaved={() => setDraft(null)}
    >
      {choice === "charge" ? (
        <TextField
          label={t`US dollars for each answer`}
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          value={amount}
          problem={
            isWrong && amount !== "" ? t`Write dollars as a number, such as 0.05.` : undefined
          }
          onChange={(event) => setDraft({ choice, amount: event.target.value })}
        />
      ) : null}
    </Decision>
  );
}

function savedChoice({ unknownPrice }: Rules): { choice: Choice; amount: string } {
  if (unknownPrice === null) return { choice: "deployed", amount: "" };
  const { micros: charged } = unknownPrice;
  return charged === null
    ? { choice: "refuse", amount: "" }
    : { choice: "charge", amount: String(charged / micros) };
}

function priceOf(choice: Choice, charge: number | null): Rules["unknownPrice"] {
  if (choice === "deployed") return null;
  return { micros: choice === "refuse" ? null : charge };
}
