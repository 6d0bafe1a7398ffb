import { lazy, Suspense } from "react";

import { useAsksForReasons } from "../state/asked-reasons";
import type { RatedAnswer } from "../state/rated-answer";

const ReasonsForm = lazy(() => import("./reasons-form"));

/** Below an answer that has just been called bad: why? */
export function RatingReasons(answer: RatedAnswer) {
  if (!useAsksForReasons(answer.messageId)) return null;
  return (
    <Suspense>
      <ReasonsForm {...answer} />
    </Suspense>
  );
}
