import { t } from "@lingui/core/macro";
import { useState } from "react";

import type { KeyView } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { notify } from "@/ui/notify";

import { revokeKey } from "../api/keys";

/** Asks before a key ends: it cannot be brought back. */
export function RevokeDialog({
  revoked: { id, name },
  onClose,
  onRevoked,
}: {
  revoked: KeyView;
  onClose: () => void;
  onRevoked?: () => void;
}) {
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function revoke() {
    if (isPending) return;
    setIsPending(true);
    setProblem(null);
    const outcome = await revokeKey(id);
    setIsPending(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    onRevoked?.();
    onClose();
    notify(t`Key revoked`, { detail: name });
  }

  return (
    <Dialog
      open
      title={t`Revoke “${{ name }}”?`}
      description={t`What uses it is refused within five seconds. It cannot be brought back.`}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      {problem === null ? null : (
        <div role="alert" className="pb-4">
          <Notice title={t`This was not revoked.`}>{problem}</Notice>
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t`Cancel`}</Button>
        <Button variant="danger" aria-disabled={isPending} onClick={() => void revoke()}>
          {isPending ? t`Revoking …` : t`Revoke`}
        </Button>
      </div>
    </Dialog>
  );
}
