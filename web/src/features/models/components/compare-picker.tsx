import { Columns3 } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { classes } from "@/ui/classes";

import { useModels } from "../api/use-models";
import { useModelName } from "../state/use-model-choice";
import { pickerClass } from "./picker";

export interface ComparePickerProps {
  /** The model that is asked anyway. */
  model: string | null;
  /** Those beside it. */
  value: readonly string[];
  onChange: (models: readonly string[]) => void;
  /** How many there may be beside it. */
  most: number;
}

export const preloadComparePicker = () => import("./compare-combobox");
const CompareCombobox = lazy(preloadComparePicker);

/** Chooses further models for the next question. The list's code comes when the button is approached. */
export function ComparePicker(props: ComparePickerProps) {
  const { data } = useModels();
  const [used, setUsed] = useState(false);
  const nameOf = useModelName();
  const { value } = props;
  const label = value.length === 0 ? "Compare" : `and ${value.map(nameOf).join(", ")}`;
  const description =
    value.length === 0
      ? "Compare with other models"
      : `Compared with ${value.map(nameOf).join(", ")}`;
  const inside = (
    <>
      <Columns3 size={16} aria-hidden className="shrink-0" />
      <span className={classes("truncate", value.length === 0 && "max-sm:sr-only")}>{label}</span>
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
  return used ? (
    <Suspense fallback={waiting}>
      <CompareCombobox {...props} label={description} className={look}>
        {inside}
      </CompareCombobox>
    </Suspense>
  ) : (
    waiting
  );
}
