import { useState } from "react";

import type { Entry } from "./entries";

/** Tells a screen reader that an answer has begun and ended; its words are not read out as they come. */
export function Progress({ entries }: { entries: readonly Entry[] }) {
  const last = entries.at(-1);
  const isWriting = last?.kind === "answer" && last.isWriting;
  const [known, setKnown] = useState({ isWriting: false, said: "" });
  if (known.isWriting !== isWriting) {
    const said = isWriting ? "The answer is being written." : "The answer is finished.";
    setKnown({ isWriting, said });
  }
  return (
    <p role="status" className="sr-only">
      {known.said}
    </p>
  );
}
