import { i18n } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";

import { useProblemText } from "@/contract/use-problem-text";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

import type { Turn } from "../stream/turns";
import { useThread } from "./thread-context";

const titles = {
  ask: msg`This question was not sent.`,
  edit: msg`The edited question was not sent.`,
  answer: msg`No other answer was asked for.`,
  continue: msg`The answer was not gone on with.`,
};

/** Says that what was asked for did not begin, where it was asked for. */
export function Refusal({ turn }: { turn: Turn }) {
  const { onRetry, onTakeBack, onDismiss } = useThread();
  const why = useProblemText(turn.problem);
  const action = turn.asked?.action ?? "ask";
  const hasText = action === "ask" || action === "edit";
  return (
    <div role="alert" className="mt-2 w-full max-w-note">
      <Notice
        title={i18n._(titles[action])}
        actions={
          <>
            <Button variant="primary" onClick={() => onRetry(turn)}>
              {t`Try again`}
            </Button>
            {hasText ? (
              <Button onClick={() => onTakeBack(turn)}>{t`Edit`}</Button>
            ) : (
              <Button onClick={() => onDismiss(turn)}>{t`Dismiss`}</Button>
            )}
          </>
        }
      >
        {why}
      </Notice>
    </div>
  );
}
