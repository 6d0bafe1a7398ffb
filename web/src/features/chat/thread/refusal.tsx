import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

import type { Turn } from "../stream/turns";
import { useThread } from "./thread-context";

const titles = {
  ask: "This question was not sent.",
  edit: "The edited question was not sent.",
  answer: "No other answer was asked for.",
  continue: "The answer was not gone on with.",
};

/** Says that what was asked for did not begin, where it was asked for. */
export function Refusal({ turn }: { turn: Turn }) {
  const { onRetry, onTakeBack, onDismiss } = useThread();
  const action = turn.asked?.action ?? "ask";
  const hasText = action === "ask" || action === "edit";
  return (
    <div role="alert" className="mt-2 w-full max-w-note">
      <Notice
        title={titles[action]}
        actions={
          <>
            <Button variant="primary" onClick={() => onRetry(turn)}>
              Try again
            </Button>
            {hasText ? (
              <Button onClick={() => onTakeBack(turn)}>Edit</Button>
            ) : (
              <Button onClick={() => onDismiss(turn)}>Dismiss</Button>
            )}
          </>
        }
      >
        {turn.problem?.message}
      </Notice>
    </div>
  );
}
