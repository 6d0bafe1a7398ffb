import { useCallback, useEffect, useState, type RefObject } from "react";
import { Virtualizer } from "virtua";

import type { Turn } from "../stream/turns";
import { Answer } from "./answer";
import type { AnswerEntry, Entry } from "./entries";
import { Question } from "./question";

const nearStart = 600;

/** The questions and answers; only those near the screen are in the page. */
export function Thread({
  entries,
  scroller,
  modelName,
  canAsk,
  onSend,
  onRetry,
  onEdit,
  showOlder,
}: {
  entries: readonly Entry[];
  scroller: RefObject<HTMLDivElement | null>;
  modelName: (id: string) => string;
  canAsk: boolean;
  onSend: (text: string) => void;
  onRetry: (turn: Turn) => void;
  onEdit: (turn: Turn) => void;
  /** Null when the beginning is there or on its way. */
  showOlder: (() => void) | null;
}) {
  const prepending = usePrepending(entries);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !showOlder) return;
    const check = () => {
      if (element.scrollTop < nearStart && element.scrollHeight > element.clientHeight) showOlder();
    };
    element.addEventListener("scroll", check, { passive: true });
    return () => element.removeEventListener("scroll", check);
  }, [scroller, showOlder]);

  const lastQuestion = entries.findLast((entry) => entry.kind === "question");
  return (
    <Virtualizer scrollRef={scroller} shift={prepending} bufferSize={1200}>
      {entries.map((entry, index) =>
        entry.kind === "question" ? (
          <Question key={entry.key} entry={entry} onRetry={onRetry} onEdit={onEdit} />
        ) : (
          <LatestAnswer
            key={entry.key}
            entry={entry}
            modelName={modelName}
            question={canAsk && index === entries.length - 1 ? (lastQuestion?.text ?? null) : null}
            onSend={onSend}
          />
        ),
      )}
    </Virtualizer>
  );
}

function LatestAnswer({
  entry,
  modelName,
  question,
  onSend,
}: {
  entry: AnswerEntry;
  modelName: (id: string) => string;
  /** The question to ask again; null where that is not offered. */
  question: string | null;
  onSend: (text: string) => void;
}) {
  const askAgain = useCallback(() => {
    if (question !== null) onSend(question);
  }, [question, onSend]);
  return (
    <Answer
      entry={entry}
      modelName={entry.model === null ? "Model" : modelName(entry.model)}
      onAskAgain={question === null ? null : askAgain}
    />
  );
}

/** Whether this drawing adds entries before the first one: then what is read must stay in its place. */
function usePrepending(entries: readonly Entry[]): boolean {
  const first = entries[0]?.key;
  const { length } = entries;
  const [known, setKnown] = useState({ first, length, prepending: false });
  if (known.first === first && known.length === length) return known.prepending;
  const prepending = known.first !== first && entries.some((entry) => entry.key === known.first);
  setKnown({ first, length, prepending });
  return prepending;
}
