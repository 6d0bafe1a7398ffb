import { t } from "@lingui/core/macro";
import { Columns3 } from "lucide-react";
import { useMemo, useState } from "react";

import { formatList } from "@/i18n/format";
import { classes } from "@/ui/classes";
import { loadable } from "@/ui/loadable";

import { useModels } from "../api/use-models";
import { useModelName } from "../state/use-model-choice";
import { pickerClass } from "./picker";

interface ComparePickerProps {
  /** The model that is asked anyway. */
  model: string | null;
  /** Those beside it. */
  value: readonly string[];
  onChange: (models: readonly string[]) => void;
  /** How many there may be beside it. */
  most: number;
}

const ModelsCombobox = loadable(() => import("./models-combobox"));
export const preloadComparePicker = ModelsCombobox.preload;

/** Chooses further models for the next question. The list's code comes when the button is approached. */
export function ComparePicker({ model, value, onChange, most }: ComparePickerProps) {
  const { data } = useModels();
  const [used, setUsed] = useState(false);
  const nameOf = useModelName();
  const others = useMemo(
    () => (data?.models ?? []).filter(({ id }) => id !== model),
    [data, model],
  );
  const label =
    value.length === 0 ? t`Compare` : t`and ${{ models: formatList(value.map(nameOf)) }}`;
  const description =
    value.length === 0
      ? t`Compare with other models`
      : t`Compared with ${{ models: formatList(value.map(nameOf)) }}`;
  const inside = (
    <>
      <Columns3 size={16} aria-hidden className="shrink-0" />
      <span className={classes("truncate", value.length === 0 && "@max-note:sr-only")}>
        {label}
      </span>
    </>
  );
  const look = classes(pickerClass, "touch:min-w-11");
  const waiting = (
    <button
      type="button"
      aria-label={description}
      aria-haspopup="dialog"
      aria-expanded={false}
      className={look}
      onPointerEnter={() => void preloadComparePicker()}
      onFocus={() => void preloadComparePicker()}
      onClick={() => setUsed(true)}
    >
      {inside}
    </button>
  );
  // One model cannot be compared.
  if (!data || data.models.length < 2) return null;
  return (
    <ModelsCombobox
      when={used}
      fallback={waiting}
      defaultOpen
      models={others}
      value={value.filter((id) => id !== model)}
      onChange={onChange}
      most={most}
      label={description}
      popup={{
        label: t`Compare with`,
        searchLabel: t`Search models to compare with`,
        placeholder: t`Compare with up to ${most} models`,
      }}
      className={look}
    >
      {inside}
    </ModelsCombobox>
  );
}
