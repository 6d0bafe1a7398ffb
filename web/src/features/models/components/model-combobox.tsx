import { Combobox } from "@base-ui/react/combobox";
import { t } from "@lingui/core/macro";
import { Check, ChevronDown } from "lucide-react";
import { useMemo, type ReactNode } from "react";

import type { ConnectionSummary, ModelSummary } from "@/contract/contract.gen";
import { classes } from "@/ui/classes";
import { ListPopup, optionClass } from "@/ui/list-popup";

import { useModels } from "../api/use-models";
import { recentModels } from "../state/choice";
import { useConnectionProblem } from "./connection-problem";
import { modelFacts } from "./model-facts";
import { modelGroups, type ModelGroup } from "./model-groups";
import { healthText } from "./model-health";
import { pickerClass, type ModelPickerProps } from "./picker";

/** Searches all models of all connections, grouped; says why a connection offers none. */
export default function ModelCombobox({
  value,
  onChange,
  label,
  className,
  open,
  onOpenChange,
}: ModelPickerProps & {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { data, dataUpdatedAt } = useModels();
  const { value: recent } = recentModels.use();
  const groups = useMemo(
    () => (data ? modelGroups(data, recent, dataUpdatedAt) : []),
    [data, recent, dataUpdatedAt],
  );
  const selected = data?.models.find((model) => model.id === value) ?? null;
  const empty = data !== undefined && groups.length === 0;
  return (
    <Combobox.Root
      open={open}
      onOpenChange={onOpenChange}
      items={groups}
      value={selected}
      onValueChange={(model: ModelSummary | null) => {
        if (model) onChange(model.id);
      }}
      itemToStringLabel={(model: ModelSummary) => `${model.name} ${model.connectionName}`}
      isItemEqualToValue={(item: ModelSummary, other: ModelSummary) => item.id === other.id}
      autoHighlight
    >
      <Combobox.Trigger
        aria-label={t`Model: ${{ model: label }}`}
        className={classes(pickerClass, className)}
      >
        <span className="truncate">{label}</span>
        <ChevronDown size={16} aria-hidden className="shrink-0 opacity-70" />
      </Combobox.Trigger>
      <ListPopup
        label={t`Choose a model`}
        searchLabel={t`Search models`}
        placeholder={t`Search models`}
        empty={empty ? t`No connection offers a model yet.` : t`No model of that name.`}
        footer={data ? <Unusable connections={data.connections} /> : null}
      >
        {(group: ModelGroup) => (
          <Combobox.Group key={group.value} items={group.items}>
            <Combobox.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-muted">
              {group.value}
              {group.trouble === null ? null : <Trouble>: {group.trouble}</Trouble>}
            </Combobox.GroupLabel>
            <Combobox.Collection>
              {(model: ModelSummary) => (
                <ModelOption
                  key={model.id}
                  model={model}
                  trouble={group.trouble === null ? healthText(model.health, dataUpdatedAt) : null}
                />
              )}
            </Combobox.Collection>
          </Combobox.Group>
        )}
      </ListPopup>
    </Combobox.Root>
  );
}

function Trouble({ children }: { children: ReactNode }) {
  return <span className="text-warning-ink">{children}</span>;
}

function ModelOption({ model, trouble }: { model: ModelSummary; trouble: string | null }) {
  return (
    <Combobox.Item value={model} className={optionClass}>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{model.name}</span>
        <span className="block text-xs text-ink-muted">
          {trouble === null ? null : <Trouble>{trouble} · </Trouble>}
          {modelFacts(model)}
        </span>
      </span>
      <Combobox.ItemIndicator>
        <Check size={16} aria-hidden className="text-accent" />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  );
}

function Unusable({ connections }: { connections: ConnectionSummary[] }) {
  const unusable = connections.filter((connection) => connection.state !== "ready");
  if (unusable.length === 0) return null;
  return (
    <ul
      aria-label={t`Connections without models`}
      className="mt-1.5 border-t border-line px-2.5 pt-2.5 pb-1.5"
    >
      {unusable.map((connection) => (
        <UnusableConnection key={connection.id} connection={connection} />
      ))}
    </ul>
  );
}

function UnusableConnection({ connection }: { connection: ConnectionSummary }) {
  return (
    <li className="py-1 text-xs text-ink-muted">
      <span className="font-medium text-ink">{connection.name}</span>:{" "}
      {useConnectionProblem(connection)}
    </li>
  );
}
