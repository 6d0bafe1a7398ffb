import { t } from "@lingui/core/macro";
import library from "@mermaid-js/tiny/dist/mermaid.tiny.js?url";
import { useEffect, useState } from "react";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { diagramPage } from "./diagram-page";
import { Frame } from "./frame";

type Loaded = { state: "loading" } | { state: "failed" } | { state: "ready"; text: string };

/**
 * A Mermaid diagram, drawn in the same frame as pages are. The library is fetched here, where the
 * browser can keep it: a frame of an opaque origin would load it anew each time.
 */
export function DiagramPreview({ source }: { source: string }) {
  const [tries, setTries] = useState(0);
  return <Drawing key={tries} source={source} onRetry={() => setTries(tries + 1)} />;
}

function Drawing({ source, onRetry }: { source: string; onRetry: () => void }) {
  const loaded = useLibrary();
  if (loaded.state === "failed") {
    return (
      <div className="p-4">
        <Notice
          title={t`The diagram could not be drawn.`}
          actions={<Button onClick={onRetry}>{t`Try again`}</Button>}
        >
          {t`What draws it could not be loaded. Its code is still there.`}
        </Notice>
      </div>
    );
  }
  if (loaded.state === "loading") {
    return <Skeleton label={t`diagram`} className="p-6" lines={["w-2/5", "w-4/5", "w-3/5"]} />;
  }
  const refusal = t`This diagram cannot be drawn as it was written.`;
  return <Frame page={diagramPage({ source, library: loaded.text, refusal })} />;
}

function useLibrary(): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  useEffect(() => {
    const request = new AbortController();
    fetch(library, { signal: request.signal })
      .then((response) => {
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        return response.text();
      })
      .then(
        (text) => setLoaded({ state: "ready", text }),
        () => {
          if (!request.signal.aborted) setLoaded({ state: "failed" });
        },
      );
    return () => request.abort();
  }, []);
  return loaded;
}
