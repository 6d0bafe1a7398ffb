import { plural, t } from "@lingui/core/macro";
import { ArrowDown } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/button";

import type { Entry } from "./entries";

/** The way back to the end, with how much has come since one left it. */
export default function JumpToLatest({
  entries,
  onJump,
}: {
  entries: readonly Entry[];
  onJump: () => void;
}) {
  const last = entries.at(-1);
  const [left] = useState({ key: last?.key, length: last?.text.length ?? 0 });
  const count = wordsSince(entries, left);
  return (
    <Button
      className="absolute -top-12 left-1/2 -translate-x-1/2 rounded-full shadow-low"
      onClick={onJump}
    >
      <ArrowDown size={16} aria-hidden />
      {t`Jump to latest`}
      {count === 0 ? null : (
        <span className="font-normal text-ink-muted tabular-nums">
          {plural(count, { one: "# new word", other: "# new words" })}
        </span>
      )}
    </Button>
  );
}

/** Writing without spaces between words is counted by character, as word processors do. */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\s\p{P}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]*/gu;

/** The words behind the place where one was: so far in the text of so far an entry. */
export function wordsSince(
  entries: readonly Entry[],
  { key, length }: { key: string | undefined; length: number },
): number {
  const index = entries.findIndex((entry) => entry.key === key);
  if (index === -1) return 0;
  return entries
    .slice(index)
    .map(({ text }, nth) => (nth === 0 ? text.slice(length) : text))
    .reduce((total, text) => total + (text.match(word)?.length ?? 0), 0);
}
