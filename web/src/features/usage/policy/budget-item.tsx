import { plural, t } from "@lingui/core/macro";
import { Lock, Pencil, Trash2 } from "lucide-react";
import { useId } from "react";

import type { BudgetState, PeoplePast } from "@/contract/contract.gen";
import { formatList, formatNumber } from "@/i18n/format";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { cardClass } from "@/ui/card";
import { classes } from "@/ui/classes";
import { Meter } from "@/ui/meter";

import { amountText, shareText } from "@/i18n/amounts";
import { ruleText } from "@/i18n/budgets";
import { levelOf, partTaken, whenText } from "../state/budgets";

export interface BudgetItemProps {
  budget: BudgetState;
  now: Date;
  onChange: () => void;
  onRemove: () => void;
}

/** A budget, how far it is used now, and what can be done about it. */
export function BudgetItem({ budget, now, onChange, onRemove }: BudgetItemProps) {
  const id = useId();
  const { rule, fixed, holds, renewsAt } = budget;
  const text = ruleText(rule);
  const never = rule.unit === "answers" ? t`Free again when an answer ends.` : t`Never renews.`;
  const renewal =
    renewsAt === null ? never : t`Renews ${{ time: whenText(new Date(renewsAt), now) }}.`;
  return (
    <li className={classes(cardClass, "px-4 py-3.5 text-sm")}>
      <div className="flex items-start justify-between gap-2 pb-1.5">
        <p className="min-w-0 pt-1.5 font-medium touch:pt-3">
          <span id={id} className="me-2 wrap-anywhere">
            {text}
          </span>
          {rule.hard ? null : <Badge>{t`Only warns`}</Badge>}
        </p>
        {fixed ? null : (
          <div className="-me-2 flex shrink-0">
            <IconButton size="small" label={t`Change ${text}`} onClick={onChange}>
              <Pencil size={16} aria-hidden />
            </IconButton>
            <IconButton size="small" label={t`Remove ${text}`} onClick={onRemove}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
      <Used budget={budget} labelledBy={id} />
      <p className="text-xs text-ink-muted">{renewal}</p>
      {fixed ? (
        <p className="mt-2 flex items-center gap-1.5 text-xs text-ink-muted">
          <Lock size={13} aria-hidden className="shrink-0" />
          {t`Fixed where this workspace is deployed.`}
        </p>
      ) : null}
      {holds ? null : (
        <p className="mt-2 text-xs text-warning-ink">{t`Another one for the same is stricter.`}</p>
      )}
    </li>
  );
}

function Used({ budget, labelledBy }: { budget: BudgetState; labelledBy: string }) {
  const { rule, used, reserved, alerts, people } = budget;
  const { unit, limit } = rule;
  if (used === null || reserved === null) {
    return people ? <p className="text-xs text-ink-muted">{peopleText(people)}</p> : null;
  }
  if (unit === "answers") {
    return (
      <p className="text-xs text-ink-muted tabular-nums">
        {t`${{ amount: shareText(reserved, limit, unit) }} being written`}
      </p>
    );
  }
  const count = { limit, used, reserved };
  const taken = partTaken(count);
  const amount = shareText(used, limit, unit);
  return (
    <>
      <div className="pt-1 pb-2.5">
        <Meter
          labelledBy={labelledBy}
          text={shareText(used + reserved, limit, unit)}
          taken={taken}
          reserved={limit === 0 ? 0 : Math.min(reserved / limit, taken)}
          tone={levelOf(count)}
        />
      </div>
      <p className="text-xs text-ink-muted tabular-nums">
        {reserved > 0
          ? t`${amount} used, ${{ reserved: amountText(reserved, unit) }} reserved`
          : t`${amount} used`}
        {alerts.length > 0
          ? t`. Reached: ${{ shares: formatList(alerts.map((level) => t`${{ share: formatNumber(level) }}\u00A0%`)) }}`
          : ""}
      </p>
    </>
  );
}

/** How near people are, each to their own. */
function peopleText({ near, over, more }: PeoplePast): string {
  if (near + over === 0) return t`Nobody has used 80 % of it.`;
  const most = more
    ? plural(near, {
        one: "At least # person has used 80 %",
        other: "At least # people have used 80 %",
      })
    : plural(near, { one: "# person has used 80 %", other: "# people have used 80 %" });
  const all = more
    ? plural(over, {
        one: "at least # person has used all of it",
        other: "at least # people have used all of it",
      })
    : plural(over, { one: "# person has used all of it", other: "# people have used all of it" });
  if (over === 0) return t`${most}.`;
  return near === 0 ? t`${all}.` : t`${most}, ${all}.`;
}
