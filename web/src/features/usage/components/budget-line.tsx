import { loadable } from "@/ui/loadable";

import type { NextQuestionProps } from "./next-question";

const NextQuestion = loadable<NextQuestionProps>(() =>
  // A chat goes on without it.
  import("./next-question").catch(() => ({ default: () => null })),
);

/** What is left for the next question and what it may cost. Its code comes after the composer's. */
export function BudgetLine(props: NextQuestionProps) {
  return <NextQuestion {...props} />;
}
