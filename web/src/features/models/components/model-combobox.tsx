import { Combobox } from "@base-ui/react/combobox";
import { t } from "@lingui/core/macro";
import { ChevronDown } from "lucide-react";
import { useMemo, useRef, useState } from "react";

import type { ConnectionSummary, ModelSummary } from "@/contract/contract.gen";
import { classes } from "@/ui/classes";
import { KeyHint } from "@/ui/key-hint";
import { ListPopup } from "@/ui/list-popup";

import { useModels } from "../api/use-models";
import { recentModels } from "../state/choice";
import { useConnectionProblem } from "./connection-problem";
import { modelChanges } from "./model-changes";
import { modelGroups, type ModelGroup } from "./model-groups";
import { healthText } from "./model-health";
import { ModelOption, Trouble } from "./model-option";
import { pickerClass, type ModelPickerProps } from "./picker";

/** As the operation has it. */
const mostPinned = 20;

/** Searches all models of all connections, grouped; says why a connection offers none. */
export default function ModelCombobox({
  value,
  onChange,
  label,
  className,
  pinned,
  onPin,
  before = null,
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
    () => (data ? modelGroups(data, pinned ?? [], recent, dataUpdatedAt) : []),
    [data, pinned, recent, dataUpdatedAt],
  );
  const highlighted = useRef<ModelSummary>(undefined);
  const [said, setSaid] = useState("");
  const selected = data?.models.find((model) => model.id === value) ?? null;
  const empty = data !== undefined && groups.length === 0;
  const answered = data?.models.find((model) => model.id === before?.model);

  function togglePin({ id, name }: ModelSummary) {
    if (pinned === null) return;
    const isPinned = pinned.includes(id);
    onPin(isPinned ? pinned.filter((other) => other !== id) : [...pinned, id].slice(-mostPinned));
    setSaid(isPinned ? t`${name} is no longer pinned.` : t`${name} is pinned.`);
  }
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
      onItemHighlighted={(model: ModelSummary | undefined) => {
        highlighted.current = model;
      }}
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
        hint={
          <>
            {pinned === null || empty ? null : (
              <p className="flex items-center border-t border-line px-4 py-2 text-xs text-ink-muted touch:sr-only">
                {t`Pin a model at the top, or no longer`}
                <KeyHint keys="Shift+Enter" />
              </p>
            )}
            <p role="status" className="sr-only">
              {said}
            </p>
          </>
        }
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.shiftKey) return;
          event.preventDefault();
          event.preventBaseUIHandler();
          if (highlighted.current) togglePin(highlighted.current);
        }}
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
                  changes={answered ? modelChanges(answered, model, before?.usage ?? null) : null}
                  isPinned={pinned?.includes(model.id) ?? false}
                  onPin={pinned === null ? null : () => togglePin(model)}
                />
              )}
            </Combobox.Collection>
          </Combobox.Group>
        )}
      </ListPopup>
    </Combobox.Root>
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
