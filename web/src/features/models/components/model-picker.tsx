import { t } from "@lingui/core/macro";
import { ChevronDown, TriangleAlert } from "lucide-react";
import { useState } from "react";

import { classes } from "@/ui/classes";
import { useCommand } from "@/ui/commands";
import { loadable } from "@/ui/loadable";

import { useModels } from "../api/use-models";
import { useModelName } from "../state/use-model-choice";
import { modelTrouble } from "./model-health";
import { pickerClass, type ModelPickerProps } from "./picker";

const ModelCombobox = loadable(() => import("./model-combobox"));
export const preloadModelPicker = ModelCombobox.preload;

/** Shows the model and opens the list. The list's code comes when the button is approached. */
export function ModelPicker({
  placeholder = t`Choose a model`,
  className,
  takesCommand = false,
  ...picker
}: ModelPickerProps & {
  /** It is the one that the command to choose a model is about. */
  takesCommand?: boolean;
}) {
  const { data, dataUpdatedAt, isError, refetch } = useModels();
  // Null until it has been used.
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const choose = (model: string) => (model === "" ? setOpen(true) : picker.onChange(model));
  useCommand("choose-model", takesCommand && data ? choose : null);
  const nameOf = useModelName();
  if (isError && !data) {
    return (
      <button
        type="button"
        className={classes(pickerClass, className)}
        onClick={() => void refetch()}
      >
        {t`Models could not be loaded. Try again`}
      </button>
    );
  }
  const shown = picker.value ? nameOf(picker.value) : data ? placeholder : t`Loading models…`;
  const trouble = data ? modelTrouble(data, picker.value, dataUpdatedAt) : null;
  const waiting = (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={false}
      className={classes(pickerClass, className)}
      onPointerEnter={() => void preloadModelPicker()}
      onFocus={() => void preloadModelPicker()}
      onClick={() => setOpen(true)}
    >
      <span className="sr-only">{t`Model:`} </span>
      <span className="truncate">{shown}</span>
      <ChevronDown size={16} aria-hidden className="shrink-0 opacity-70" />
    </button>
  );
  return (
    <>
      <ModelCombobox
        when={isOpen !== null && data !== undefined}
        label={shown}
        className={className ?? ""}
        open={isOpen ?? false}
        onOpenChange={setOpen}
        {...picker}
        fallback={waiting}
      />
      {trouble === null ? null : (
        <span
          role="status"
          className="flex min-w-0 items-center gap-1.5 text-xs text-warning-ink @max-note:shrink-0"
        >
          <TriangleAlert size={15} aria-hidden className="shrink-0" />
          <span className="truncate @max-note:sr-only">{trouble}</span>
        </span>
      )}
    </>
  );
}
