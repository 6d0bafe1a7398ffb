import { useCallback, useState, type ReactNode } from "react";

import { OpenPreview, type Previewed } from "@/markdown/open-preview";
import { loadable } from "@/ui/loadable";

import type { Entry } from "./thread/entries";
import { ThreadProvider, type ThreadActions } from "./thread/thread-context";

const ArtefactPanel = loadable(() => import("./artefacts/artefact-panel"));

interface Opened {
  /** Each opening begins anew, also of what is open already. */
  number: number;
  previewed: Previewed;
  /** What had the focus. */
  opener: Element | null;
}

/** The conversation and, once one is opened, what a model made in it beside. */
export function Columns({
  thread,
  entries,
  children,
}: {
  thread: ThreadActions;
  entries: readonly Entry[];
  children: ReactNode;
}) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback((previewed: Previewed) => {
    const opener = document.activeElement;
    setOpened((last) => ({ number: (last?.number ?? 0) + 1, previewed, opener }));
  }, []);
  function close() {
    setOpened(null);
    // It may have been scrolled out of the page by now.
    const back = opened?.opener?.isConnected ? opened.opener : document.getElementById("main");
    if (back instanceof HTMLElement) back.focus();
  }
  return (
    <ThreadProvider value={thread}>
      <OpenPreview value={open}>
        <div className="flex min-h-0 flex-1 *:min-w-0">
          {children}
          {opened ? (
            <ArtefactPanel
              key={opened.number}
              opened={opened.previewed}
              entries={entries}
              onClose={close}
            />
          ) : null}
        </div>
      </OpenPreview>
    </ThreadProvider>
  );
}
