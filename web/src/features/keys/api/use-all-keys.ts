import { useEffect, useState } from "react";

import { call } from "@/contract/call";
import type { OwnedKey } from "@/contract/contract.gen";

interface Cursor {
  /** The last key that is known; null: the first page. */
  after: string | null;
}

interface Known {
  /** What was asked for last and is answered; null: nothing yet. */
  cursor: Cursor | null;
  keys: readonly OwnedKey[];
  more: boolean;
  problem: string | null;
}

const nothing: Known = { cursor: null, keys: [], more: true, problem: null };

/** Everybody's keys, page by page. */
export function useAllKeys() {
  const [known, setKnown] = useState(nothing);
  const [cursor, setCursor] = useState<Cursor>({ after: null });
  useEffect(() => {
    let isWanted = true;
    void call("keys.listAll", cursor).then(
      ({ keys, more }) => {
        if (!isWanted) return;
        setKnown((before) => ({ cursor, keys: [...before.keys, ...keys], more, problem: null }));
      },
      (error: Error) => {
        if (isWanted) setKnown((before) => ({ ...before, cursor, problem: error.message }));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [cursor]);
  const { keys, more, problem } = known;
  const isPending = known.cursor !== cursor;
  return {
    keys,
    more,
    problem: isPending ? null : problem,
    isPending,
    loadMore: () => {
      if (!isPending) setCursor({ after: keys.at(-1)?.key.id ?? null });
    },
    forget: (keyId: string) =>
      setKnown((before) => ({
        ...before,
        keys: before.keys.filter(({ key }) => key.id !== keyId),
      })),
  };
}
