import { memo } from "react";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

import type { Turn } from "../stream/turns";
import type { QuestionEntry } from "./entries";

export const Question = memo(function Question({
  entry,
  onRetry,
  onEdit,
}: {
  entry: QuestionEntry;
  onRetry: (turn: Turn) => void;
  /** Takes a refused question back into the composer. */
  onEdit: (turn: Turn) => void;
}) {
  const { text, refused } = entry;
  return (
    <article aria-label="Question" className="flex flex-col items-end py-3">
      <h2 className="sr-only">You asked</h2>
      <div
        dir="auto"
        className="max-w-[85%] rounded-[1.25rem] rounded-ee-md bg-selected px-4 py-2.5 text-[1rem] leading-relaxed whitespace-pre-wrap"
      >
        {text}
      </div>
      {refused ? (
        <div role="alert" className="mt-2 w-full max-w-lg">
          <Notice
            title="This question was not sent."
            actions={
              <>
                <Button variant="primary" onClick={() => onRetry(refused)}>
                  Try again
                </Button>
                <Button onClick={() => onEdit(refused)}>Edit</Button>
              </>
            }
          >
            {refused.problem?.message}
          </Notice>
        </div>
      ) : null}
    </article>
  );
});
