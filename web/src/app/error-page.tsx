import { t } from "@lingui/core/macro";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** For what nobody foresaw. Conversations are stored; nothing is lost with the page. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <div className="mx-auto w-full max-w-note p-6">
      <h1 className="sr-only">{t`Something went wrong`}</h1>
      <Notice
        title={t`This page stopped working.`}
        actions={
          <Button variant="primary" onClick={() => location.reload()}>
            {t`Reload`}
          </Button>
        }
      >
        {t`Your conversations are stored and safe. If it happens again, tell your administrator: ${{ problem: error instanceof Error ? error.message : String(error) }}`}
      </Notice>
    </div>
  );
}
