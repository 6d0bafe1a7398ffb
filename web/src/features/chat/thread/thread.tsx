import {
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Virtualizer, type CustomContainerComponentProps, type VirtualizerHandle } from "virtua";

import { useCommand } from "@/ui/commands";
import { takeFirstFrame } from "@/ui/first-frame";
import { loadable } from "@/ui/loadable";

import { alternativesOf } from "../branches/pager";
import type { Branches } from "../branches/tree";
import { noteDrawn } from "../stream/pace";
import { Answer } from "./answer";
import { dayText, firstOfDays } from "./days";
import type { Entry, QuestionEntry } from "./entries";
import { lastQuestion } from "./hold-question";
import { useKeepAwake } from "./keep-awake";
import { Question } from "./question";
import { QuoteButton } from "./quote-button";
import type { ReadingPlace } from "./reading-place";
import { useReveal } from "./reveal";
import { useSigns } from "./signs";
import type { PagerProps } from "./tools";
import { useTarget } from "./use-target";
import { useThreadCommands } from "./use-thread-commands";

const FindBar = loadable(() => import("./find-bar"));

const nearStart = 600;
/**
 * Pixels beyond the screen in which messages are drawn. None while the end of an answer is followed: the list
 * takes away what is above with each step down, and would draw it again in each pause.
 */
const beyondScreen = 1200;
/**
 * Pixels of a message that has not been measured. Much less, as it is guessed without, and an opened
 * thread begins with dozens of messages that nobody sees.
 */
const guessedHeight = 200;
const alone: PagerProps = { index: 0, count: 1, previous: null, next: null };

interface ThreadProps {
  conversationId: string;
  entries: readonly Entry[];
  branches: Branches;
  branchId: string;
  place: ReadingPlace;
  /** An answer is being written at the end. */
  isBusy: boolean;
  /** The reader is far from there. */
  isAway: boolean;
  /** Null when the beginning is there or on its way. */
  showOlder: ((more?: number) => void) | null;
  /** The message that the address names. */
  target: string | null;
}

/** Where a step of an answer takes longer to be drawn, steps are drawn in slices: nothing else waits for them. */
const slowMs = 40;
/** Until one takes less; in slices it takes longer by the clock. */
const quickMs = 20;

/** The questions and answers. */
export default function Thread(props: ThreadProps) {
  const { entries, isBusy } = props;
  const [isSlow, setSlow] = useState(false);
  // To draw in slices takes more in all.
  const drawn = useDeferredValue(isBusy && isSlow ? entries : null) ?? entries;
  const onDrawn = useCallback(
    (ms: number) => setSlow((wasSlow) => ms > (wasSlow ? quickMs : slowMs)),
    [],
  );
  return <Entries {...props} entries={isBusy ? drawn : entries} onDrawn={onDrawn} />;
}

/** Only those near the screen are in the page. */
const Entries = memo(function Entries({
  conversationId,
  entries,
  branches,
  branchId,
  place,
  isBusy,
  isAway,
  showOlder,
  target,
  onDrawn,
}: ThreadProps & { onDrawn: (ms: number) => void }) {
  const { scroller, letGo, settle } = place;
  useSigns(place);
  useLayoutEffect(() => void takeFirstFrame(), []);
  const prepending = usePrepending(entries);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const keys = useMemo(() => entries.map(({ key }) => key), [entries]);
  const reveal = useReveal(scroller, virtualizer, keys, letGo);
  const [isFinding, setFinding] = useState(false);
  // Pressed again, it is the browser's own search.
  useCommand("find", isFinding ? null : () => setFinding(true));
  useKeepAwake(isBusy);
  // Before the frame in which they are drawn: it would take one more to tell that the thread has moved.
  useLayoutEffect(() => {
    if (isBusy && entries.length > 0) settle();
    onDrawn(noteDrawn());
  }, [isBusy, entries, settle, onDrawn]);
  useThreadCommands({ conversationId, entries, scroller, virtualizer, reveal });
  useTarget(conversationId, target, { entries, branches, branchId, showOlder, reveal });
  useEffect(() => {
    const element = scroller.current;
    if (!element || !showOlder) return;
    const check = () => {
      if (element.scrollTop < nearStart && element.scrollHeight > element.clientHeight) showOlder();
    };
    element.addEventListener("scroll", check, { passive: true });
    return () => element.removeEventListener("scroll", check);
  }, [scroller, showOlder]);

  const [isNew, setNew] = useState(true);
  const hasForks = Object.keys(branches).length > 1;
  const days = useMemo(() => firstOfDays(entries), [entries]);
  const before = entries[0]?.seq ?? 0;
  const asked = entries.findLastIndex(({ kind }) => kind === "question");
  return (
    <>
      {isFinding ? (
        <FindBar
          entries={entries}
          scroller={scroller}
          reveal={reveal}
          older={showOlder && before > 0 ? { count: before, load: () => showOlder(before) } : null}
          onClose={() => setFinding(false)}
        />
      ) : null}
      <Virtualizer
        ref={virtualizer}
        as={Messages}
        scrollRef={scroller}
        shift={prepending}
        bufferSize={isBusy && !isAway ? 0 : beyondScreen}
        itemSize={guessedHeight}
        onResize={() => {
          setNew(false);
          // In the frame in which it grew: the page's own observer is told in the next one.
          settle();
        }}
        {...(isNew
          ? { keepMounted: lastOf(entries.length) }
          : isBusy
            ? { keepMounted: whileBusy(asked, entries.length) }
            : {})}
      >
        {entries.map((entry, index) => {
          const pager = hasForks ? pagerOf(branches, entry) : alone;
          const day = days.size > 1 ? days.get(entry.key) : undefined;
          return (
            <div
              key={entry.key}
              data-entry={entry.key}
              {...(index === asked ? { [lastQuestion]: "" } : {})}
              className="mx-auto w-full max-w-measure"
            >
              {day ? (
                <p className="pt-4 pb-1 text-center text-2xs font-medium text-ink-muted">
                  <time dateTime={day.toISOString()}>{dayText(day)}</time>
                </p>
              ) : null}
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
      <QuoteButton scroller={scroller} />
    </>
  );
});

/**
 * Takes the pointer also while it scrolls, as it does by itself while an answer is written: what is there
 * can be clicked, and not all of it is styled again whenever that begins and ends.
 */
function Messages({ style, children, ref }: CustomContainerComponentProps) {
  return (
    <div ref={ref} style={{ ...style, pointerEvents: undefined }}>
      {children}
    </div>
  );
}

/**
 * So many that they fill a screen: they are drawn with the page, in parts. What the list draws when it has
 * measured the screen, it draws in one piece.
 */
function lastOf(count: number): number[] {
  return [count - 3, count - 2, count - 1].filter((index) => index >= 0);
}

/**
 * What is being answered stays in the page, also out of sight; and the answer, which the list would take away
 * where it has grown by more than a screen: its end is followed before the list has measured it.
 */
function whileBusy(asked: number, count: number): number[] {
  return [asked, count - 1].filter((index) => index >= 0);
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
