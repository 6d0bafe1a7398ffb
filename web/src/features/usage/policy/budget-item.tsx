import { Lock, Pencil, Trash2 } from "lucide-react";
import { useId } from "react";

import type { BudgetState, PeoplePast } from "@/contract/contract.gen";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { cardClass } from "@/ui/card";
import { classes } from "@/ui/classes";
import { Meter } from "@/ui/meter";

import { amountText, shareText } from "../state/amounts";
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
  const { text, rule, fixed, holds, renewsAt } = budget;
  const renewal =
    renewsAt === null ? "Never renews." : `Renews ${whenText(new Date(renewsAt), now)}.`;
  return (
    <li className={classes(cardClass, "px-4 py-3.5 text-sm")}>
      <div className="flex items-start justify-between gap-2">
        <p className="min-w-0 pt-1.5 font-medium">
          <span id={id} className="me-2 wrap-anywhere">
            {text}
          </span>
          {rule.hard ? null : <Badge>Only warns</Badge>}
        </p>
        {fixed ? null : (
          <div className="-me-2 flex shrink-0">
            <IconButton size="small" label={`Change ${text}`} onClick={onChange}>
              <Pencil size={16} aria-hidden />
            </IconButton>
            <IconButton size="small" label={`Remove ${text}`} onClick={onRemove}>
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
          Fixed where this workspace is deployed.
        </p>
      ) : null}
      {holds ? null : (
        <p className="mt-2 text-xs text-warning-ink">Another one for the same is stricter.</p>
      )}
    </li>
  );
}

function Used({ budget, labelledBy }: { budget: BudgetState; labelledBy: string }) {
  const { rule, used, reserved, alerts, people } = budget;
  const { unit, limit } = rule;
  if (used === null || reserved === null) {
    return <p className="py-1.5 text-xs text-ink-muted">{people ? peopleText(people) : ""}</p>;
  }
  if (unit === "answers") {
    return (
      <p className="py-1.5 text-xs text-ink-muted tabular-nums">
        {shareText(reserved, limit, unit)} being written
      </p>
    );
  }
  const count = { limit, used, reserved };
  const taken = partTaken(count);
  return (
    <>
      <div className="py-2.5">
        <Meter
          labelledBy={labelledBy}
          text={shareText(used + reserved, limit, unit)}
          taken={taken}
          reserved={limit === 0 ? 0 : Math.min(reserved / limit, taken)}
          tone={levelOf(count)}
        />
      </div>
      <p className="text-xs text-ink-muted tabular-nums">
        {shareText(used, limit, unit)} used
        {reserved > 0 ? `, ${amountText(reserved, unit)} reserved` : ""}
        {alerts.length > 0
          ? `. Reached: ${alerts.map((level) => `${level}\u00A0%`).join(", ")}`
          : ""}
      </p>
    </>
  );
}

/** How near people are, each to their own. */
function peopleText({ near, over, more }: PeoplePast): string {
  if (near + over === 0) return "Nobody has used 80 % of it.";
  const least = more ? "at least " : "";
  const past = near > 0 ? `${least}${persons(near)} used 80 %` : "";
  const all = over > 0 ? `${least}${persons(over)} used all of it` : "";
  const text = [past, all].filter(Boolean).join(", ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function persons(count: number): string {
  return count === 1 ? "1 person has" : `${count} people have`;
}
