import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import type { ModelSummary } from "@/contract/contract.gen";

import { useModels } from "../api/use-models";
import type { ComparePickerProps } from "./compare-picker";
import { modelFacts } from "./model-facts";
import { ModelPopup } from "./model-popup";

/** Searches the other models; several can be chosen. */
export default function CompareCombobox({
  model,
  value,
  onChange,
  most,
  label,
  className,
  children,
}: ComparePickerProps & { label: string; className: string; children: ReactNode }) {
  const { data } = useModels();
  const others = useMemo(
    () => (data?.models ?? []).filter(({ id }) => id !== model),
    [data, model],
  );
  const selected = others.filter(({ id }) => value.includes(id));
  return (
    <Combobox.Root
      multiple
      defaultOpen
      items={others}
      value={selected}
      onValueChange={(models: ModelSummary[]) => {
        onChange(models.slice(0, most).map(({ id }) => id));
      }}
      itemToStringLabel={({ name, connectionName }: ModelSummary) => `${name} ${connectionName}`}
      isItemEqualToValue={(item: ModelSummary, other: ModelSummary) => item.id === other.id}
    >
      <Combobox.Trigger aria-label={label} className={className}>
        {children}
      </Combobox.Trigger>
      <ModelPopup
        label="Compare with"
        searchLabel="Search models to compare with"
        placeholder={`Compare with up to ${most} models`}
        empty="No model of that name."
      >
        {(item: ModelSummary) => (
          <Combobox.Item
            key={item.id}
            value={item}
            disabled={selected.length >= most && !value.includes(item.id)}
            className="flex min-h-11 items-center gap-3 rounded-control px-2.5 py-1.5 outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">
                {item.name}{" "}
                <span className="font-normal text-ink-muted">{item.connectionName}</span>
              </span>
              <span className="block text-xs text-ink-muted">{modelFacts(item)}</span>
            </span>
            <Combobox.ItemIndicator>
              <Check size={16} aria-hidden className="text-accent" />
            </Combobox.ItemIndicator>
          </Combobox.Item>
        )}
      </ModelPopup>
    </Combobox.Root>
  );
}
