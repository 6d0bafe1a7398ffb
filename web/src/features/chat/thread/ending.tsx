import { t } from "@lingui/core/macro";
import type { ReactNode } from "react";

import { useProblemText } from "@/contract/use-problem-text";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

import type { AnswerEntry, QuestionEntry } from "./entries";
import { useThread } from "./thread-context";

/** Why an answer is not whole, and what can be done. */
export function Ending({
  entry,
  question,
  canContinue,
}: {
  entry: AnswerEntry;
  question: QuestionEntry | null;
  canContinue: boolean;
}): ReactNode {
  const { model, onAnswer, onContinue } = useThread();
  const { state, problem, receipt, text, message } = entry;
  const why = useProblemText(problem);
  if (state === "complete" && !problem) return null;
  const canAsk = question !== null && model !== null;
  const goOn =
    canAsk && canContinue && message && text !== "" ? (
      <Button onClick={() => onContinue(entry, question)}>{t`Continue`}</Button>
    ) : null;
  const again = canAsk ? (
    <Button onClick={() => onAnswer(question, model)}>{t`Try again`}</Button>
  ) : null;
  const actions =
    goOn || again ? (
      <>
        {goOn}
        {again}
      </>
    ) : null;
  if (state === "stopped") {
    return (
      <div className="mt-3 flex flex-wrap items-center gap-2 text-sm text-ink-muted">
        <span className="me-1">{t`Stopped`}</span>
        {actions}
      </div>
    );
  }
  if (state === "incomplete" && !problem) {
    return (
      <div className="mt-3 max-w-note">
        <Notice tone="warning" actions={actions}>
          {receipt?.reason === "length"
            ? t`The answer stops here: it reached the model’s output limit.`
            : t`The answer stops here before it was complete.`}
        </Notice>
      </div>
    );
  }
  return (
    <div className="mt-3 max-w-note">
      <Notice title={t`No complete answer.`} actions={actions}>
        {[
          problem ? why : t`The model did not finish.`,
          again ? t`You can choose another model below.` : null,
        ]
          .filter(Boolean)
          .join(" ")}
      </Notice>
    </div>
  );
}
