import { t } from "@lingui/core/macro";
import { Check, ChevronsDownUp, ChevronsUpDown, RotateCcw } from "lucide-react";

import { iconButtonClass } from "@/ui/button";
import { Menu } from "@/ui/menu";

import type { QuestionEntry } from "./entries";
import { useThread } from "./thread-context";

/** Answers a question again: as it was, shorter, longer, by another model. The answer that is there stays. */
export function AgainMenu({
  question,
  model,
}: {
  question: QuestionEntry;
  /** That of the answer that is there. */
  model: string | null;
}) {
  const { models, modelName, onAnswer } = useThread();
  const others = models.filter(({ id }) => id !== model);
  return (
    <Menu
      heading={t`Answer again`}
      trigger={
        <button
          type="button"
          aria-label={t`Answer again`}
          data-tip={t`Answer again`}
          className={iconButtonClass({ size: "small" })}
        >
          <RotateCcw size={16} aria-hidden />
        </button>
      }
      entries={[
        ...(model === null
          ? []
          : [
              {
                key: model,
                icon: <Check size={16} aria-hidden />,
                label: modelName(model),
                onSelect: () => onAnswer(question, model),
              },
              {
                key: "shorter",
                icon: <ChevronsDownUp size={16} aria-hidden />,
                label: t`Shorter`,
                onSelect: () => onAnswer(question, model, "shorter"),
              },
              {
                key: "longer",
                icon: <ChevronsUpDown size={16} aria-hidden />,
                label: t`Longer`,
                onSelect: () => onAnswer(question, model, "longer"),
              },
            ]),
        ...others.map(({ id, name, connectionName }) => ({
          key: id,
          icon: <span className="size-4" />,
          label: `${name} · ${connectionName}`,
          onSelect: () => onAnswer(question, id),
        })),
      ]}
    />
  );
}
