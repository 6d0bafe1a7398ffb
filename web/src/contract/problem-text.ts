/** What a problem says, in the person's language. The words come when there is one. */
import { useEffect, useState } from "react";

import type { ErrorDetails } from "./contract.gen";
import type * as Words from "./words";

/** As errors, answers and attempts have it; of what was stored long ago there are no details. */
export interface Said {
  message: string | null;
  details?: ErrorDetails | null | undefined;
}

let words: typeof Words | null = null;

function textNow({ message, details }: Said): string | null {
  return (details && words?.reasonText(details)) ?? message;
}

/** Tells at once where the words are here. Where they do not come, it is in the backend's English. */
export function tellProblem(said: Said, tell: (text: string | null) => void): void {
  if (!said.details || words) {
    tell(textNow(said));
    return;
  }
  void import("./words")
    .then((loaded) => {
      words = loaded;
    })
    .catch(() => {})
    .finally(() => tell(textNow(said)));
}

export function problemText(said: Said): Promise<string | null> {
  return new Promise((resolve) => tellProblem(said, resolve));
}

/** Null while there is no problem, or no words yet. */
export function useProblemText(said: Said | null): string | null {
  const [told, setTold] = useState<Said | null>(null);
  const isReady = !said?.details || words !== null || told === said;
  useEffect(() => {
    if (said && !isReady) tellProblem(said, () => setTold(said));
  }, [said, isReady]);
  return said && isReady ? textNow(said) : null;
}
