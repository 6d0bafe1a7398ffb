/** What a problem says, in the person's language. The words come when there is one. */
import type { ErrorDetails } from "./contract.gen";
import type * as Words from "./words";

/** As errors, answers and attempts have it; of what was stored long ago there are no details. */
export interface Said {
  message: string | null;
  details?: ErrorDetails | null | undefined;
}

let words: typeof Words | null = null;

/** Whether nothing has to come first. */
export function isTold({ details }: Said): boolean {
  return !details || words !== null;
}

export function textNow({ message, details }: Said): string | null {
  return (details && words?.reasonText(details)) ?? message;
}

/** Tells at once where the words are here. Where they do not come, it is in the backend's English. */
export function tellProblem(said: Said, tell: (text: string | null) => void): void {
  if (isTold(said)) {
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
