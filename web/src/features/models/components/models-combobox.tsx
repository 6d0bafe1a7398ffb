import { Combobox } from "@base-ui/react/combobox";
import { t } from "@lingui/core/macro";
import { Check } from "lucide-react";
import type { ReactNode, Ref } from "react";

import type { ModelSummary } from "@/contract/contract.gen";
import { ListPopup, optionClass } from "@/ui/list-popup";

import { chooseSeveral } from "../state/several";
import { modelFacts } from "./model-facts";

/** Searches models; several can be chosen, and stay in the order in which they were. */
export default function ModelsCombobox({
  models,
  value,
  onChange,
  most,
  label,
  popup,
  className,
  trigger,
  defaultOpen = false,
  children,
}: {
  models: readonly ModelSummary[];
  value: readonly string[];
  onChange: (models: string[]) => void;
  most: number;
  label: string;
  popup: { label: string; searchLabel: string; placeholder: string };
  className: string;
  trigger?: Ref<HTMLButtonElement>;
  defaultOpen?: boolean;
  children: ReactNode;
}) {
  const selected = models.filter(({ id }) => value.includes(id));
  return (
    <Combobox.Root
      multiple
      defaultOpen={defaultOpen}
      items={models}
      value={selected}
      onValueChange={(chosen: ModelSummary[]) => {
        const offered = models.map(({ id }) => id);
        onChange(
          chooseSeveral(
            value,
            chosen.map(({ id }) => id),
            offered,
            most,
          ),
        );
      }}
      itemToStringLabel={({ name, connectionName }: ModelSummary) => `${name} ${connectionName}`}
      isItemEqualToValue={(item: ModelSummary, other: ModelSummary) => item.id === other.id}
    >
      <Combobox.Trigger ref={trigger} aria-label={label} className={className}>
        {children}
      </Combobox.Trigger>
      <ListPopup {...popup} empty={t`No model of that name.`}>
        {(item: ModelSummary) => (
          <Combobox.Item
            key={item.id}
            value={item}
            disabled={value.length >= most && !value.includes(item.id)}
            className={optionClass}
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
      </ListPopup>
    </Combobox.Root>
  );
}
