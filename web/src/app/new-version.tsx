import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";

import { Button } from "@/ui/button";

import { watchVersions } from "./service-worker";

/** Says quietly that there is a new version, which begins when the person says so. */
export default function NewVersion() {
  const [begin, setBegin] = useState<(() => void) | null>(null);
  useEffect(() => watchVersions((next) => setBegin(() => next)), []);
  return (
    <div role="status" className="fixed end-4 top-16 z-40 max-w-[94vw]">
      {begin ? (
        <div className="flex flex-wrap items-center gap-1 rounded-card border border-line bg-raised py-2 ps-4 pe-2 text-sm shadow-high">
          <p className="me-2 font-medium">{t`A new version is ready.`}</p>
          <Button variant="primary" onClick={begin}>
            {t`Reload`}
          </Button>
          <Button variant="ghost" onClick={() => setBegin(null)}>
            {t`Later`}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
