import { useEffect, useState } from "react";

import { isTold, tellProblem, textNow, type Said } from "./problem-text";

/** Null while there is no problem, or no words yet. */
export function useProblemText(said: Said | null): string | null {
  const [told, setTold] = useState<Said | null>(null);
  const isReady = said !== null && (isTold(said) || told === said);
  useEffect(() => {
    if (said && !isReady) tellProblem(said, () => setTold(said));
  }, [said, isReady]);
  return isReady ? textNow(said) : null;
}
