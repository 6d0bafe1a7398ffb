import { Combobox } from "@base-ui/react/combobox";
import { t } from "@lingui/core/macro";
import { Check, Pin } from "lucide-react";
import type { ReactNode } from "react";

import type { ModelSummary } from "@/contract/contract.gen";
import { classes } from "@/ui/classes";
import { optionClass } from "@/ui/list-popup";

import { modelFacts } from "./model-facts";

export function Trouble({ children }: { children: ReactNode }) {
  return <span className="text-warning-ink">{children}</span>;
}

export function ModelOption({
  model,
  trouble,
  changes,
  isPinned,
  onPin,
}: {
  model: ModelSummary;
  trouble: string | null;
  /** What is otherwise when this model goes on in the conversation. */
  changes: string | null;
  isPinned: boolean;
  /** Null where nothing can be pinned. */
  onPin: (() => void) | null;
}) {
  return (
    <Combobox.Item value={model} className={classes(optionClass, "group/option")}>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">
          {model.name}
          {isPinned ? <span className="sr-only"> {t`(pinned)`}</span> : null}
        </span>
        <span className="block text-xs text-ink-muted">
          {trouble === null ? null : <Trouble>{trouble} · </Trouble>}
          {modelFacts(model)}
        </span>
        {changes === null ? null : (
          <span className="block text-xs text-warning-ink">{t`In this conversation: ${changes}`}</span>
        )}
      </span>
      {onPin ? (
        // An option holds nothing that can be operated: for the keyboard and screen readers it is a key.
        <span
          aria-hidden
          title={isPinned ? t`No longer pin` : t`Pin`}
          className={classes(
            "flex size-8 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover hover:text-ink touch:size-11 touch:opacity-100",
            !isPinned &&
              "opacity-0 group-hover/option:opacity-100 group-data-highlighted/option:opacity-100",
          )}
          onClick={(event) => {
            event.stopPropagation();
            onPin();
          }}
        >
          <Pin size={16} className={classes(isPinned && "fill-current")} />
        </span>
      ) : null}
      <span className="w-4 shrink-0">
        <Combobox.ItemIndicator>
          <Check size={16} aria-hidden className="text-accent" />
        </Combobox.ItemIndicator>
      </span>
    </Combobox.Item>
  );
}
