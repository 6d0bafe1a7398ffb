import { t } from "@lingui/core/macro";
import { useId, type ReactNode } from "react";

import type { KeyView } from "@/contract/contract.gen";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cardClass } from "@/ui/card";
import { classes } from "@/ui/classes";
import { formatList } from "@/i18n/format";

import { budgetText, lifeText } from "../state/key-text";

/** A key without its secret; `owner` where it is somebody's. */
export function KeyItem({
  shown,
  owner,
  onRevoke,
}: {
  shown: KeyView;
  owner?: ReactNode;
  onRevoke: () => void;
}) {
  const id = useId();
  const { name, prefix, models, expired } = shown;
  const budget = budgetText(shown);
  return (
    <li className={classes(cardClass, "flex items-start justify-between gap-3 px-4 py-3.5")}>
      <div className="min-w-0 space-y-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span id={id} className="font-medium wrap-anywhere">
            <bdi>{name}</bdi>
          </span>
          <code dir="ltr" className="text-xs text-ink-muted">
            {prefix}…
          </code>
          {expired ? <Badge tone="warning">{t`Expired`}</Badge> : null}
        </p>
        {owner}
        <p className="text-xs text-ink-muted">{lifeText(shown)}</p>
        {models ? (
          <p className="text-xs wrap-anywhere text-ink-muted">{t`Only ${{ models: formatList(models) }}.`}</p>
        ) : null}
        {budget ? <p className="text-xs text-ink-muted tabular-nums">{budget}</p> : null}
      </div>
      <Button
        variant="danger"
        className="-me-2 -mt-2 touch:-mt-3"
        id={`${id}-revoke`}
        aria-labelledby={`${id}-revoke ${id}`}
        onClick={onRevoke}
      >
        {t`Revoke`}
      </Button>
    </li>
  );
}
