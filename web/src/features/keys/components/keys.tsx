import { t } from "@lingui/core/macro";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";

import type { CreatedKey, KeyView } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { useKeys } from "../api/keys";
import { KeyForm } from "./key-form";
import { KeyItem } from "./key-item";
import { MadeKey } from "./made-key";
import { RevokeDialog } from "./revoke-dialog";

/** A person's keys: what programs ask models with in their name. */
export function Keys() {
  const { data, isError, refetch } = useKeys();
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const [revoked, setRevoked] = useState<KeyView | null>(null);
  if (!data) {
    if (!isError) return <Skeleton label={t`keys`} lines={["w-2/3", "w-1/2", "w-3/5"]} />;
    return (
      <Notice
        title={t`Your keys could not be loaded.`}
        actions={<Button onClick={() => void refetch()}>{t`Try again`}</Button>}
      >
        {t`They work all the same.`}
      </Notice>
    );
  }

  const { keys, allowed, most } = data;
  const make = (
    <Button variant="primary" onClick={() => setIsMaking(true)}>
      <Plus size={16} aria-hidden />
      {t`Make a key`}
    </Button>
  );
  return (
    <>
      {made === null ? null : (
        <MadeKey key={made.key.id} made={made} onDone={() => setMade(null)} />
      )}
      {allowed ? null : (
        <div className="pb-6">
          <Notice tone="warning" title={t`Keys are switched off in this workspace.`}>
            {t`None can be made, and those that there are open nothing. An administrator can switch them on.`}
          </Notice>
        </div>
      )}
      {keys.length === 0 ? (
        <EmptyState
          icon={<KeyRound size={22} aria-hidden />}
          title={<h2 className="font-semibold">{t`No keys yet`}</h2>}
          actions={allowed ? make : null}
        >
          {t`With a key, a program asks models in your name, without a sign-in.`}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3 pb-4">
            <p className="text-sm text-ink-muted">
              {t`${{ count: keys.length }} of ${{ most }} keys`}
            </p>
            {allowed && keys.length < most ? make : null}
          </div>
          <ul className="grid gap-3">
            {keys.map((key) => (
              <KeyItem key={key.id} shown={key} onRevoke={() => setRevoked(key)} />
            ))}
          </ul>
        </>
      )}
      {isMaking ? (
        <KeyForm
          onMade={(key) => {
            setMade(key);
            setIsMaking(false);
          }}
          onClose={() => setIsMaking(false)}
        />
      ) : null}
      {revoked === null ? null : (
        <RevokeDialog
          revoked={revoked}
          onClose={() => setRevoked(null)}
          onRevoked={() => {
            if (made?.key.id === revoked.id) setMade(null);
          }}
        />
      )}
    </>
  );
}
