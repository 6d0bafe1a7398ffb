import { loadable } from "@/ui/loadable";

import { useAsksForReasons } from "../state/asked-reasons";
import type { RatedAnswer } from "../state/rated-answer";

const ReasonsForm = loadable(() => import("./reasons-form"));

/** Below an answer that has just been called bad: why? */
export function RatingReasons(answer: RatedAnswer) {
  return useAsksForReasons(answer.messageId) ? <ReasonsForm {...answer} /> : null;
}
