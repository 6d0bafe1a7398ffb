import { useEffect, useState } from "react";

import { highlight, type HighlightedLine } from "./highlight";

const settleMs = 250;

/** The text of a block of code; colours come when the highlighter has been loaded, and change no size. */
export function CodeText({ code, language }: { code: string; language: string | null }) {
  const lines = useHighlighted(code, language);
  return (
    <code>
      {lines === null
        ? code
        : lines.map((line) => (
            <span key={line.number}>
              {line.tokens.map((token) => (
                <span key={token.offset} style={{ color: token.color ?? undefined }}>
                  {token.text}
                </span>
              ))}
              {"\n"}
            </span>
          ))}
    </code>
  );
}

/** Highlights once the code has stopped growing: colouring each delta costs more than it shows. */
function useHighlighted(code: string, language: string | null): HighlightedLine[] | null {
  const [result, setResult] = useState<{ code: string; lines: HighlightedLine[] } | null>(null);
  useEffect(() => {
    if (language === null) return;
    let current = true;
    const timer = setTimeout(() => {
      highlight(code, language)
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
