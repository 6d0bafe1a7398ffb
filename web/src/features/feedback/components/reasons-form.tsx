import { t } from "@lingui/core/macro";
import { useId } from "react";

import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";

import { rateAnswer, useRating } from "../api/ratings";
import { openReport } from "../state/open-report";
import { askForReasons } from "../state/asked-reasons";
import type { RatedAnswer } from "../state/rated-answer";
import { reasonName, reasons } from "./reason-names";

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
        {t`Thank you. What was wrong?`}
      </h3>
      <div role="group" aria-labelledby={id} className="mt-3 flex flex-wrap gap-2">
        {reasons.map((reason) => {
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
              onClick={() => {
                void rateAnswer(conversationId, messageId, {
                  rating: "bad",
                  reasons: isChosen
                    ? rated.reasons.filter((other) => other !== reason)
                    : [...rated.reasons, reason],
                });
              }}
            >
              {reasonName(reason)}
            </button>
          );
        })}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={() => askForReasons(null)}>{t`Done`}</Button>
        <Button
          variant="ghost"
          onClick={() => {
            askForReasons(null);
            openReport(text);
          }}
        >
          {t`Report a problem…`}
        </Button>
      </div>
    </section>
  );
}
