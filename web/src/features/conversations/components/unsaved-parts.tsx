import { t } from "@lingui/core/macro";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Why what was changed could not be saved. */
export function NotSaved({ refusal }: { refusal: string | null }) {
  if (refusal === null) return null;
  return (
    <div role="alert">
      <Notice title={t`This was not saved.`}>
        {refusal} {t`What you changed is kept.`}
      </Notice>
    </div>
  );
}

export function DiscardButton({ onDiscard }: { onDiscard: () => void }) {
  return (
    <Button variant="ghost" onClick={onDiscard}>
      {t`Discard changes`}
    </Button>
  );
}
