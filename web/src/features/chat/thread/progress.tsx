import { useEffect, useRef, useState } from "react";

import type { Entry } from "./entries";

/** Tells a screen reader that an answer has begun and ended; its words are not read out as they come. */
export function Progress({ entries }: { entries: readonly Entry[] }) {
  const last = entries.at(-1);
  const isWriting = last?.kind === "answer" && last.isWriting;
  const wasWriting = useRef(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (isWriting) setSaid("The answer is being written.");
    else if (wasWriting.current) setSaid("The answer is finished.");
    wasWriting.current = isWriting;
  }, [isWriting]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
