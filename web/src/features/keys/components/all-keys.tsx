import { t } from "@lingui/core/macro";
import { useState } from "react";

import type { KeyView, NamedPerson } from "@/contract/contract.gen";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { useAllKeys } from "../api/use-all-keys";
import { KeyItem } from "./key-item";
import { RevokeDialog } from "./revoke-dialog";

/** Everybody's keys, for who administers the workspace. */
export function AllKeys() {
  const { keys, more, problem, isPending, loadMore, forget } = useAllKeys();
  const [revoked, setRevoked] = useState<KeyView | null>(null);
  return (
    <section aria-labelledby="all-keys" aria-busy={isPending}>
      <h2 id="all-keys" className="pb-4 font-semibold">
        {t`Everybody’s keys`}
      </h2>
      {keys.length === 0 && isPending ? (
        <Skeleton label={t`keys`} lines={["w-2/3", "w-1/2", "w-3/5"]} />
      ) : null}
      {keys.length === 0 && !more ? (
        <p className="rounded-card border border-dashed border-control px-4 py-8 text-center text-sm text-ink-muted">
          {t`Nobody has a key.`}
        </p>
      ) : null}
      <ul className="grid gap-3">
        {keys.map(({ key, owner }) => (
          <KeyItem
            key={key.id}
            shown={key}
            owner={<Owner owner={owner} />}
            onRevoke={() => setRevoked(key)}
          />
        ))}
      </ul>
      {problem === null ? null : (
        <div role="alert" className="pt-4">
          <Notice
            title={t`The keys could not be loaded.`}
            actions={<Button onClick={loadMore}>{t`Try again`}</Button>}
          >
            {problem}
          </Notice>
        </div>
      )}
      {keys.length > 0 && more && problem === null ? (
        <div className="pt-4 text-center">
          <Button aria-disabled={isPending} onClick={loadMore}>
            {isPending ? t`Loading …` : t`Show more`}
          </Button>
        </div>
      ) : null}
      {revoked === null ? null : (
        <RevokeDialog
          revoked={revoked}
          onClose={() => setRevoked(null)}
          onRevoked={() => forget(revoked.id)}
        />
      )}
    </section>
  );
}

function Owner({ owner: { id, name, email } }: { owner: NamedPerson }) {
  return (
    <>
      <p className="wrap-anywhere">
        <bdi>{name ?? email ?? t`Somebody who has gone (${{ id }})`}</bdi>
      </p>
      {name !== null && email !== null ? (
        <p className="text-xs wrap-anywhere text-ink-muted">
          <bdi>{email}</bdi>
        </p>
      ) : null}
    </>
  );
}
