import { ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";

import { Markdown } from "@/markdown";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Notice } from "@/ui/notice";

import type { AnswerEntry } from "./entries";
import { ReceiptLine } from "./receipt";

export const Answer = memo(function Answer({
  entry,
  modelName,
  onAskAgain,
}: {
  entry: AnswerEntry;
  modelName: string;
  /** Only the last answer can be asked for again. */
  onAskAgain: (() => void) | null;
}) {
  const { text, reasoning, isWriting, waiting, receipt } = entry;
  const silent = isWriting && text === "" && reasoning === "";
  return (
    <article aria-label="Answer" aria-busy={isWriting} className="group/answer py-3">
      <h2 className="sr-only">{modelName} answered</h2>
      {reasoning ? <Reasoning text={reasoning} isWriting={isWriting && text === ""} /> : null}
      {silent ? <Thinking /> : null}
      {text ? (
        <div dir="auto">
          <Markdown text={text} isWriting={isWriting} />
        </div>
      ) : null}
      {isWriting && waiting ? <p className="mt-2 text-sm text-ink-muted">{waiting}</p> : null}
      {isWriting ? null : <Ending entry={entry} onAskAgain={onAskAgain} />}
      {isWriting ? null : (
        <div className="mt-2 flex items-start gap-1">
          {receipt ? <ReceiptLine receipt={receipt} modelName={modelName} /> : null}
          {text ? (
            <CopyButton
              text={text}
              label="Copy answer"
              className="-my-1.5 opacity-0 group-focus-within/answer:opacity-100 group-hover/answer:opacity-100 touch:opacity-100"
            />
          ) : null}
        </div>
      )}
    </article>
  );
});

function Thinking() {
  return (
    <p className="flex h-7 items-center gap-1.5">
      <span className="sr-only">Waiting for the first words</span>
      {["", "[animation-delay:160ms]", "[animation-delay:320ms]"].map((delay) => (
        <span
          key={delay}
          aria-hidden
          className={`size-2 animate-pulse rounded-full bg-ink-muted ${delay}`}
        />
      ))}
    </p>
  );
}

function Reasoning({ text, isWriting }: { text: string; isWriting: boolean }) {
  return (
    <details className="group/reasoning mb-3">
      <summary className="-ms-1.5 inline-flex cursor-pointer list-none items-center gap-1 rounded-md px-1.5 py-1 text-sm text-ink-muted hover:bg-hover hover:text-ink touch:min-h-11">
        <ChevronRight
          size={16}
          aria-hidden
          className="transition-transform group-open/reasoning:rotate-90"
        />
        {isWriting ? "Reasoning …" : "Reasoning"}
      </summary>
      <p
        dir="auto"
        className="mt-1 max-h-80 overflow-y-auto border-s-2 border-line ps-4 text-sm whitespace-pre-wrap text-ink-muted"
      >
        {text}
      </p>
    </details>
  );
}

/** Why an answer is not whole, and what can be done. */
function Ending({
  entry: { state, problem, receipt },
  onAskAgain,
}: {
  entry: AnswerEntry;
  onAskAgain: (() => void) | null;
}): ReactNode {
  const again = onAskAgain ? <Button onClick={onAskAgain}>Ask again</Button> : null;
  if (problem || state === "failed") {
    return (
      <div className="mt-3 max-w-lg">
        <Notice title="No complete answer." actions={again}>
          {problem?.message ?? "The model did not finish."}
          {again ? " You can choose another model below." : null}
        </Notice>
      </div>
    );
  }
  if (state === "incomplete") {
    return (
      <div className="mt-3 max-w-lg">
        <Notice tone="warning" actions={again}>
          {receipt?.reason === "length"
            ? "The answer stops here: it reached the model’s output limit."
            : "The answer stops here before it was complete."}
        </Notice>
      </div>
    );
  }
  return state === "stopped" ? <p className="mt-2 text-sm text-ink-muted">Stopped.</p> : null;
}
