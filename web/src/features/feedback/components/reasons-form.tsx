import { useId } from "react";

import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";

import { rateAnswer, useRating, type Reason } from "../api/ratings";
import { openReport } from "../state/open-report";
import { askForReasons } from "../state/asked-reasons";
import type { RatedAnswer } from "../state/rated-answer";
import { reasonNames } from "./reason-names";

const reasons = Object.entries(reasonNames) as [Reason, string][];

/** Each reason is kept as it is chosen, so there is nothing to send. */
export default function ReasonsForm({ conversationId, messageId, stored, text }: RatedAnswer) {
  const id = useId();
  const rated = useRating(messageId, stored);
  return (
    <section
      aria-labelledby={id}
      className="mt-2 max-w-note rounded-card border border-line bg-raised p-4"
    >
      <h3 id={id} className="text-sm font-medium">
        Thank you. What was wrong?
      </h3>
      <div role="group" aria-labelledby={id} className="mt-3 flex flex-wrap gap-2">
        {reasons.map(([reason, name]) => {
          const isChosen = rated.reasons.includes(reason);
          return (
            <button
              key={reason}
              type="button"
              aria-pressed={isChosen}
              className={classes(
                "h-8 rounded-full border px-3 text-sm hover:bg-hover touch:h-11",
                isChosen ? "border-accent bg-accent-wash" : "border-control",
              )}
              onClick={() =>
                rateAnswer(conversationId, messageId, {
                  rating: "bad",
                  reasons: isChosen
                    ? rated.reasons.filter((other) => other !== reason)
                    : [...rated.reasons, reason],
                })
              }
            >
              {name}
            </button>
          );
        })}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={() => askForReasons(null)}>Done</Button>
        <Button
          variant="ghost"
          onClick={() => {
            askForReasons(null);
            openReport(text);
          }}
        >
          Report a problem …
        </Button>
      </div>
    </section>
  );
}
