import { i18n } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";

import { runCommand } from "@/ui/commands";

import { useDraft, writeDraft } from "./drafts";

/** What a small model on one's own machine does well, too. */
const starters = [
  msg`Explain in three sentences why the sky is blue.`,
  msg`Write a short, friendly mail that moves a meeting to Thursday.`,
  msg`Name five things to pack for a weekend in the mountains.`,
];

/** Ways to begin, while nothing is typed: they are put into the field, not sent. */
export default function Starters({ conversationId }: { conversationId: string }) {
  const { text } = useDraft(conversationId);
  if (text !== "") return null;
  return (
    <ul
      aria-label={t`Ways to begin`}
      className="mx-auto flex max-w-measure flex-wrap justify-center gap-2"
    >
      {starters
        .map((descriptor) => i18n._(descriptor))
        .map((starter) => (
          <li key={starter}>
            <button
              type="button"
              className="rounded-control border border-line px-3 py-1.5 text-sm text-balance text-ink-muted hover:bg-hover hover:text-ink touch:min-h-11"
              onClick={() => {
                writeDraft(conversationId, starter);
                runCommand("focus-composer");
              }}
            >
              {starter}
            </button>
          </li>
        ))}
    </ul>
  );
}
