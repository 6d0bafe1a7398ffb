import { t } from "@lingui/core/macro";
import type { ReactNode } from "react";

import { classes } from "@/ui/classes";

/** Something long, of which only the beginning is shown while it is folded. */
export function Foldable({
  isFolded,
  onTurn,
  canFold,
  children,
}: {
  isFolded: boolean;
  onTurn: () => void;
  /** It can be folded here; what is folded can always be unfolded. */
  canFold: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <div className={classes(isFolded && "max-h-60 overflow-hidden mask-b-from-60%")}>
        {children}
      </div>
      {isFolded || canFold ? (
        <button
          type="button"
          aria-expanded={!isFolded}
          className="-ms-1.5 rounded-md px-1.5 py-1 text-xs font-medium text-ink-muted underline underline-offset-3 hover:bg-hover hover:text-ink touch:min-h-11"
          onClick={onTurn}
        >
          {isFolded ? t`Show all` : t`Fold`}
        </button>
      ) : null}
    </>
  );
}
