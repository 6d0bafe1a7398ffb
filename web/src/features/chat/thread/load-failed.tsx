import { t } from "@lingui/core/macro";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** In place of messages that did not come. */
export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="mx-auto max-w-measure py-6">
      <Notice
        title={t`The messages could not be loaded.`}
        actions={<Button onClick={onRetry}>{t`Try again`}</Button>}
      >
        {t`They are safe; only this page does not have them.`}
      </Notice>
    </div>
  );
}
