import { useEffect, useState } from "react";

import { CopyButton } from "@/ui/copy-button";

import type { HighlightedLine } from "./highlight";

/** A block of code; colours come when the highlighter has been loaded, and change no size. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  const lines = useHighlighted(code, language);
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-code">
      <figcaption className="flex h-9 items-center justify-between ps-4 pe-1 text-2xs text-ink-muted touch:h-11">
        <span>{language ?? "text"}</span>
        <CopyButton text={code} label="Copy code" size="small" />
      </figcaption>
      <pre
        role="region"
        aria-label={language ? `Code in ${language}` : "Code"}
        tabIndex={0}
        dir="ltr"
        className="overflow-x-auto px-4 pt-1 pb-3.5 font-mono text-xs whitespace-pre focus-visible:-outline-offset-2"
      >
        <code>
          {lines === null
            ? code
            : lines.map((line) => (
                <span key={line.number}>
                  {line.tokens.map((token) => (
                    <span key={token.offset} style={token.style}>
                      {token.text}
                    </span>
                  ))}
                  {"\n"}
                </span>
              ))}
        </code>
      </pre>
    </figure>
  );
}

const settleMs = 250;

/** Highlights once the code has stopped growing: colouring each delta costs more than it shows. */
function useHighlighted(code: string, language: string | null): HighlightedLine[] | null {
  const [result, setResult] = useState<{ code: string; lines: HighlightedLine[] } | null>(null);
  useEffect(() => {
    if (language === null) return;
    let current = true;
    const timer = setTimeout(() => {
      import("./highlight")
        .then(({ highlight }) => highlight(code, language))
        .then((lines) => {
          if (current && lines) setResult({ code, lines });
        })
        .catch(() => {
          // Plain code is what is shown anyway.
        });
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [code, language]);
  return result?.code === code ? result.lines : null;
}
