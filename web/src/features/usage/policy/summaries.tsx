import { t } from "@lingui/core/macro";
import { useState } from "react";

import { Decision } from "./decision";
import type { Rules } from "./rule";

/** Whether summaries of long conversations may wait, for less. */
export function Summaries({ rules }: { rules: Rules }) {
  const [draft, setDraft] = useState<Rules["summaries"] | null>(null);
  const value = draft ?? rules.summaries;
  return (
    <Decision
      title={t`Summaries of long conversations`}
      description={t`What will no longer fit into a model is summed up for it ahead of time.`}
      label={t`A summary`}
      options={[
        { value: "at-once", label: t`Is made at once` },
        { value: "batch", label: t`May wait in a batch, for half the price` },
      ]}
      value={value}
      onChange={setDraft}
      isChanged={draft !== null}
      rules={(known) => ({ ...known, summaries: value })}
      onSaved={() => setDraft(null)}
    >
      {value === "batch" ? (
        <p className="text-xs text-ink-muted">
          {t`The provider keeps the text until it has answered: mostly within an hour, at most a day. A summary that is needed sooner, or of a model that takes no batches, is made at once.`}
        </p>
      ) : null}
    </Decision>
  );
}
