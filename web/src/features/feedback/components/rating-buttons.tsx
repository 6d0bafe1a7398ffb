import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { ThumbsDown, ThumbsUp } from "lucide-react";

import { IconButton } from "@/ui/button";

import { rateAnswer, unrated, useRating } from "../api/ratings";
import { askForReasons } from "../state/asked-reasons";
import type { RatedAnswer } from "../state/rated-answer";

const choices = [
  { rating: "good", label: msg`Good answer`, Icon: ThumbsUp },
  { rating: "bad", label: msg`Bad answer`, Icon: ThumbsDown },
] as const;

/** Two buttons, of which at most one is pressed; pressed again it is taken back. */
export function RatingButtons({ conversationId, messageId, stored }: RatedAnswer) {
  const { rating: current } = useRating(messageId, stored);
  return (
    <>
      {choices.map(({ rating, label, Icon }) => {
        const isPressed = current === rating;
        return (
          <IconButton
            key={rating}
            label={i18n._(label)}
            size="small"
            aria-pressed={isPressed}
            onClick={() => {
              void rateAnswer(
                conversationId,
                messageId,
                isPressed ? unrated : { rating, reasons: [] },
              );
              askForReasons(rating === "bad" && !isPressed ? messageId : null);
            }}
          >
            <Icon size={16} aria-hidden className={isPressed ? "fill-current text-ink" : ""} />
          </IconButton>
        );
      })}
    </>
  );
}
