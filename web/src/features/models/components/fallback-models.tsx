import { t } from "@lingui/core/macro";
import { ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";

import { formatNumber } from "@/i18n/format";
import { IconButton } from "@/ui/button";

import { moveEarlier } from "../state/several";
import { useModelName, useModelOptions } from "../state/use-model-choice";
import ModelsCombobox from "./models-combobox";
import { pickerClass } from "./picker";

/** The models that are asked when one fails, in their order. */
export default function FallbackModels({
  value,
  onChange,
  most,
}: {
  value: readonly string[];
  onChange: (models: string[]) => void;
  most: number;
}) {
  const models = useModelOptions();
  const nameOf = useModelName();
  const adding = useRef<HTMLButtonElement>(null);
  return (
    <>
      {value.length > 0 ? (
        <ol className="mb-1.5 divide-y divide-line rounded-control border border-line">
          {value.map((id, index) => (
            <li key={id} className="flex items-center gap-2 py-1 ps-3.5 pe-1">
              <span aria-hidden className="text-sm text-ink-muted tabular-nums">
                {formatNumber(index + 1)}.
              </span>
              <span className="min-w-0 flex-1 truncate text-sm font-medium">
                {nameOf(id)}{" "}
                <span className="font-normal text-ink-muted">
                  {models.find((model) => model.id === id)?.connectionName ??
                    t`not offered at the moment`}
                </span>
              </span>
              {index > 0 ? (
                <IconButton
                  label={t`Ask ${{ model: nameOf(id) }} earlier`}
                  size="small"
                  onClick={() => onChange(moveEarlier(value, index))}
                >
                  <ArrowUp size={16} aria-hidden />
                </IconButton>
              ) : null}
              <IconButton
                label={t`Remove ${{ model: nameOf(id) }}`}
                size="small"
                onClick={() => {
                  onChange(value.filter((other) => other !== id));
                  adding.current?.focus();
                }}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      ) : null}
      <ModelsCombobox
        models={models}
        value={value}
        onChange={onChange}
        most={most}
        label={value.length === 0 ? t`Choose a model to ask` : t`Add or remove models to ask`}
        popup={{
          label: t`Models to ask`,
          searchLabel: t`Search models to ask`,
          placeholder: t`Choose up to ${most} models`,
        }}
        className={`${pickerClass} -ms-2.5`}
        trigger={adding}
      >
        <Plus size={16} aria-hidden className="shrink-0" />
        <span>{value.length === 0 ? t`Choose a model` : t`Add or remove`}</span>
      </ModelsCombobox>
    </>
  );
}
