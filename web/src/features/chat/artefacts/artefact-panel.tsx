import { t } from "@lingui/core/macro";
import { useEffect, useId, useMemo, useRef, useState } from "react";

import type { Previewed } from "@/markdown/open-preview";
import { classes } from "@/ui/classes";
import { dividedClass, Divider } from "@/ui/divider";
import { keptChoice } from "@/ui/kept";
import { useMedia } from "@/ui/media";
import { Sheet } from "@/ui/sheet";

import type { Entry } from "../thread/entries";
import { ArtefactView } from "./artefact-view";
import { artefactOf, artefactReader, versionsOf } from "./artefacts";
import { nameOf } from "./names";

const least = 30;
const most = 70;

/** Its share of the room beside the sidebar, in percent. */
const width = keptChoice("artefact-width", 50, (kept) =>
  typeof kept === "number" && kept >= least && kept <= most ? kept : undefined,
);

/** Beside the conversation where there is room, over it where there is not. Keyed by its opening. */
export default function ArtefactPanel({
  opened,
  entries,
  onClose,
}: {
  opened: Previewed;
  entries: readonly Entry[];
  onClose: () => void;
}) {
  const isWide = useMedia("(min-width: 64rem)");
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const { value } = width.use();
  const artefact = useMemo(() => artefactOf(opened), [opened]);
  const [read] = useState(artefactReader);
  const texts = entries.flatMap((entry) =>
    entry.kind === "answer" && !entry.isWriting ? entry.text : [],
  );
  const versions = versionsOf(read(texts), artefact);
  useEffect(() => {
    if (isWide) heading.current?.focus();
  }, [isWide]);

  const view = (
    <ArtefactView opened={artefact} versions={versions} heading={heading} onClose={onClose} />
  );
  if (!isWide) {
    return (
      <Sheet open onOpenChange={onClose} title={nameOf(artefact)}>
        {view}
      </Sheet>
    );
  }
  return (
    <>
      <Divider
        label={t`Width of the preview`}
        controls={id}
        value={value}
        least={least}
        most={most}
        onChange={width.set}
      />
      {/* Escape is for whatever has the focus in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <aside
        id={id}
        aria-label={t`Preview`}
        style={{ flexBasis: `${value}%` }}
        className={classes(
          "relative z-10 mb-5 flex min-w-0 shrink-0 flex-col overflow-hidden rounded-s-card border border-e-0 border-line bg-raised",
          dividedClass,
        )}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
        }}
      >
        {view}
      </aside>
    </>
  );
}
