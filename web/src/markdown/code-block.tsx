import { plural, t } from "@lingui/core/macro";
import { ChevronsDownUp, ChevronsUpDown, CodeXml, Download, Eye, WrapText } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";

import { IconButton } from "@/ui/button";
import { classes } from "@/ui/classes";
import { CopyButton } from "@/ui/copy-button";
import { download } from "@/ui/download";
import { useFold } from "@/ui/folds";
import { keptChoice } from "@/ui/kept";

import { canPreview, fileName } from "./code-kinds";
import type { HighlightedLine } from "./highlight";

const Preview = lazy(() => import("./preview"));

/** How lines are read that are longer than the screen is wide: everywhere alike. */
const wrapping = keptChoice("wrap-code", false, (kept) =>
  typeof kept === "boolean" ? kept : undefined,
);

const manyLines = 20;

/** A block of code; colours come when the highlighter has been loaded, and change no size. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  const lines = useHighlighted(code, language);
  const { value: isWrapped } = wrapping.use();
  const [isPreviewed, setPreviewed] = useState(false);
  const count = useMemo(() => code.split("\n").length, [code]);
  const isLong = count > manyLines;
  const id = useMemo(() => (isLong ? hash(code) : ""), [isLong, code]);
  const [isFolded, turn] = useFold(id, false);
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-code">
      <figcaption className="flex h-9 items-center justify-between ps-4 pe-1 text-2xs text-ink-muted touch:h-11">
        <span className="min-w-0 truncate">{language ?? t`text`}</span>
        <div className="flex shrink-0">
          {canPreview(language) ? (
            <IconButton
              label={isPreviewed ? t`Show the code` : t`Preview`}
              size="small"
              onClick={() => setPreviewed(!isPreviewed)}
            >
              {isPreviewed ? <CodeXml size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
            </IconButton>
          ) : null}
          {isLong && !isPreviewed ? (
            <IconButton
              label={
                isFolded
                  ? plural(count, { one: "Show all # line", other: "Show all # lines" })
                  : t`Fold the code`
              }
              size="small"
              aria-expanded={!isFolded}
              onClick={turn}
            >
              {isFolded ? (
                <ChevronsUpDown size={16} aria-hidden />
              ) : (
                <ChevronsDownUp size={16} aria-hidden />
              )}
            </IconButton>
          ) : null}
          <IconButton
            label={t`Wrap long lines`}
            size="small"
            aria-pressed={isWrapped}
            className="aria-pressed:text-accent"
            onClick={() => wrapping.set(!isWrapped)}
          >
            <WrapText size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={t`Download the code`}
            size="small"
            onClick={() => download(fileName(language), "text/plain", code)}
          >
            <Download size={16} aria-hidden />
          </IconButton>
          <CopyButton text={code} label={t`Copy code`} size="small" />
        </div>
      </figcaption>
      {isPreviewed ? (
        <Suspense fallback={<div className="h-96" />}>
          <Preview code={code} />
        </Suspense>
      ) : (
        <pre
          role="region"
          aria-label={language ? t`Code in ${language}` : t`Code`}
          tabIndex={0}
          dir="ltr"
          className={classes(
            "px-4 pt-1 pb-3.5 font-mono text-xs focus-visible:-outline-offset-2",
            isWrapped ? "whitespace-pre-wrap" : "overflow-x-auto whitespace-pre",
            isLong && isFolded && "max-h-32 overflow-y-hidden mask-b-from-40%",
          )}
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
      )}
    </figure>
  );
}

/** Tells one block of code from another, without keeping anything of it. */
function hash(code: string): string {
  let sum = 5381;
  for (let index = 0; index < code.length; index += 1) {
    sum = Math.trunc(sum * 33 + code.charCodeAt(index)) % 4_294_967_291;
  }
  return `code-${sum.toString(36)}`;
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
