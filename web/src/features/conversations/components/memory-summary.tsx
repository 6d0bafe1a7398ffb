import { t } from "@lingui/core/macro";

import { formatDate } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { TextArea } from "@/ui/text-area";

import type { Summary } from "../api/conversations";
import type { MemoryDraft } from "../state/memory-draft";

type Draft = NonNullable<MemoryDraft["summary"]>;

/** The summary of what no longer fits: to be read, put into one's own words, or forgotten. */
export function MemorySummary({
  stored,
  draft,
  problem,
  onChange,
}: {
  stored: Summary | null;
  draft: Draft | null;
  problem: string | null;
  onChange: (draft: Draft | undefined) => void;
}) {
  const text = draft ? draft.text : (stored?.text ?? null);
  // What was written over, or is now.
  const over = draft ? draft.over : (stored?.text ?? null);
  if (text === null) {
    return stored === null ? (
      <p className="text-sm text-ink-muted">
        {t`Nothing has been summed up yet: so far all messages fit the model.`}
      </p>
    ) : (
      <div className="flex items-center justify-between gap-3 text-sm text-ink-muted">
        <p>{t`The summary will be forgotten when you save.`}</p>
        <Button onClick={() => onChange(undefined)}>{t`Keep it`}</Button>
      </div>
    );
  }
  return (
    <>
      <TextArea
        label={t`Summary so far`}
        hint={stored === null ? t`It was forgotten elsewhere.` : madeText(stored)}
        problem={problem}
        rows={6}
        value={text}
        onChange={(event) => onChange({ text: event.target.value, over })}
      />
      {draft && stored !== null && draft.over !== stored.text ? (
        <Notice tone="warning">
          {t`More was summed up while you wrote. If you save, your text replaces that.`}
        </Notice>
      ) : null}
      <Button variant="danger" className="-ms-3.5" onClick={() => onChange({ text: null, over })}>
        {t`Forget it`}
      </Button>
    </>
  );
}

function madeText({ edited, at }: Summary): string {
  if (!at) return edited ? t`Edited by you.` : t`Written by the model.`;
  const when = formatDate(at, { dateStyle: "medium", timeStyle: "short" });
  return edited ? t`Edited by you, ${when}.` : t`Written by the model, ${when}.`;
}
