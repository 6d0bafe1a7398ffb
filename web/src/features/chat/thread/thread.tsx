import { useEffect, useState, type RefObject } from "react";
import { Virtualizer } from "virtua";

import { alternativesOf } from "../branches/pager";
import type { Branches } from "../branches/tree";
import { Answer } from "./answer";
import type { Entry, QuestionEntry } from "./entries";
import { Question } from "./question";
import type { PagerProps } from "./tools";

const nearStart = 600;
const alone: PagerProps = { index: 0, count: 1, previous: null, next: null };

/** The questions and answers; only those near the screen are in the page. */
export default function Thread({
  entries,
  branches,
  scroller,
  isBusy,
  showOlder,
}: {
  entries: readonly Entry[];
  branches: Branches;
  scroller: RefObject<HTMLDivElement | null>;
  /** An answer is being written at the end. */
  isBusy: boolean;
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

  const hasForks = Object.keys(branches).length > 1;
  return (
    <Virtualizer scrollRef={scroller} shift={prepending} bufferSize={1200}>
      {entries.map((entry, index) => {
        const pager = hasForks ? pagerOf(branches, entry) : alone;
        return (
          <div key={entry.key} className="mx-auto w-full max-w-measure">
            {entry.kind === "question" ? (
              <Question entry={entry} {...pager} />
            ) : (
              <Answer
                entry={entry}
                question={questionBefore(entries, index)}
                isLast={!isBusy && index === entries.length - 1}
                {...pager}
              />
            )}
          </div>
        );
      })}
    </Virtualizer>
  );
}

/** The question that the entry answers, if it is stored: only then can it be answered again. */
function questionBefore(entries: readonly Entry[], index: number): QuestionEntry | null {
  const before = entries[index - 1];
  return before?.kind === "question" && before.message ? before : null;
}

function pagerOf(branches: Branches, entry: Entry): PagerProps {
  const found = alternativesOf(branches, entry);
  if (!found) return alone;
  const { index, branches: ids } = found;
  return {
    index,
    count: ids.length,
    previous: ids[index - 1] ?? null,
    next: ids[index + 1] ?? null,
  };
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
