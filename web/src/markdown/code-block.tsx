import { plural, t } from "@lingui/core/macro";
import { ChevronsDownUp, ChevronsUpDown, Download, Eye, WrapText } from "lucide-react";
import { use, useMemo } from "react";

import { IconButton } from "@/ui/button";
import { classes } from "@/ui/classes";
import { CopyButton } from "@/ui/copy-button";
import { download } from "@/ui/download";
import { useFold } from "@/ui/folds";
import { keptChoice } from "@/ui/kept";

import { canPreview, fileName } from "./code-kinds";
import { CodeText } from "./code-text";
import { OpenPreview } from "./open-preview";

/** How lines are read that are longer than the screen is wide: everywhere alike. */
const wrapping = keptChoice("wrap-code", false, (kept) =>
  typeof kept === "boolean" ? kept : undefined,
);

const manyLines = 20;

/** A block of code, with what can be done with it. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  const { value: isWrapped } = wrapping.use();
  const openPreview = use(OpenPreview);
  const count = useMemo(() => code.split("\n").length, [code]);
  const isLong = count > manyLines;
  const id = useMemo(() => (isLong ? hash(code) : ""), [isLong, code]);
  const [isFolded, turn] = useFold(id, false);
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-code">
      <figcaption className="flex h-9 items-center justify-between ps-4 pe-1 text-2xs text-ink-muted touch:h-11">
        <span className="min-w-0 truncate">{language ?? t`text`}</span>
        <div className="flex shrink-0">
          {openPreview && canPreview(language) ? (
            <IconButton
              label={t`Preview`}
              size="small"
              onClick={() => openPreview({ code, language })}
            >
              <Eye size={16} aria-hidden />
            </IconButton>
          ) : null}
          {isLong ? (
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
        <CodeText code={code} language={language} />
      </pre>
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
