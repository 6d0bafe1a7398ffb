import { t } from "@lingui/core/macro";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useState, type Ref } from "react";

import { formatNumber } from "@/i18n/format";
import { fileName } from "@/markdown/code-kinds";
import { CodeText } from "@/markdown/code-text";
import { Preview } from "@/markdown/preview";
import { IconButton } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { download } from "@/ui/download";
import { SegmentedControl } from "@/ui/segmented-control";

import { placeOf, type Artefact } from "./artefacts";
import { nameOf } from "./names";

type View = "preview" | "code";

/** An artefact with its versions. Who looks at the last one is shown what the model makes of it. */
export function ArtefactView({
  opened,
  versions,
  heading,
  onClose,
}: {
  opened: Artefact;
  versions: readonly Artefact[];
  heading: Ref<HTMLHeadingElement>;
  onClose: () => void;
}) {
  const last = versions.length - 1;
  const [chosen, setChosen] = useState<number | null>(() => {
    const place = placeOf(versions, opened);
    return place === last ? null : place;
  });
  const [view, setView] = useState<View>("preview");
  const index = chosen ?? last;
  const shown = versions[index] ?? opened;
  const { code, language } = shown;
  const go = (next: number) => {
    if (next >= 0 && next <= last) setChosen(next === last ? null : next);
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1.5 border-b border-line py-2 ps-4 pe-2">
        <h2
          ref={heading}
          tabIndex={-1}
          dir="auto"
          className="min-w-24 flex-1 truncate text-sm font-semibold outline-none"
        >
          {nameOf(shown)}
        </h2>
        <div className="flex items-center justify-between gap-1 max-sm:order-last max-sm:w-full">
          {last > 0 ? (
            <div
              role="group"
              aria-label={t`Versions`}
              className="flex items-center text-2xs text-ink-muted"
            >
              <IconButton
                label={t`Previous version`}
                size="small"
                aria-disabled={index === 0}
                onClick={() => go(index - 1)}
              >
                <ChevronLeft size={16} aria-hidden className="rtl:-scale-x-100" />
              </IconButton>
              <span className="min-w-8 text-center tabular-nums" aria-live="polite">
                <span className="sr-only">{t`Version`} </span>
                {formatNumber(index + 1)} / {formatNumber(last + 1)}
              </span>
              <IconButton
                label={t`Next version`}
                size="small"
                aria-disabled={index === last}
                onClick={() => go(index + 1)}
              >
                <ChevronRight size={16} aria-hidden className="rtl:-scale-x-100" />
              </IconButton>
            </div>
          ) : null}
          <SegmentedControl
            legend={t`Show`}
            options={[
              { value: "preview", label: t`Preview` },
              { value: "code", label: t`Code` },
            ]}
            value={view}
            onChange={setView}
          />
          <div className="flex">
            <CopyButton text={code} label={t`Copy its code`} />
            <IconButton
              label={t`Download it`}
              onClick={() => download(fileName(language), "text/plain", code)}
            >
              <Download size={16} aria-hidden />
            </IconButton>
          </div>
        </div>
        <IconButton label={t`Close`} onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        {view === "preview" ? (
          <Preview code={code} language={language} />
        ) : (
          <pre
            role="region"
            aria-label={t`Code`}
            tabIndex={0}
            dir="ltr"
            className="h-full overflow-auto bg-code p-4 font-mono text-xs focus-visible:-outline-offset-2"
          >
            <CodeText code={code} language={language} />
          </pre>
        )}
      </div>
    </>
  );
}
