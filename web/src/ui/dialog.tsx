import { Dialog as Base } from "@base-ui/react/dialog";
import { t } from "@lingui/core/macro";
import { X } from "lucide-react";
import { useRef, type ReactNode, type RefObject } from "react";

import { iconButtonClass } from "./button";
import { classes } from "./classes";

export const backdropClass =
  "fixed inset-0 z-30 bg-scrim transition-opacity duration-calm data-ending-style:opacity-0 data-starting-style:opacity-0";

/** What a long form ends with, in sight wherever one is in it; for a dialog that is wide. */
export const dialogEndClass =
  "sticky -bottom-6 -mx-6 -mb-6 border-t border-line bg-raised px-6 py-4";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  whole = false,
  finalFocus,
  children,
}: DialogProps & {
  description?: string;
  wide?: boolean;
  /** It takes the whole page. */
  whole?: boolean;
  /** What has the focus afterwards; at first what had it before. */
  finalFocus?: RefObject<HTMLElement | null>;
}) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup
          ref={popup}
          // A phone's keyboard would cover half of it.
          initialFocus={() => !matchMedia("(pointer: coarse)").matches || popup.current}
          {...(finalFocus ? { finalFocus } : {})}
          className={classes(
            "fixed z-30 bg-raised transition-[opacity,scale] duration-calm outline-none data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0",
            whole
              ? "inset-0 flex flex-col px-4 py-6 sm:px-6"
              : "inset-x-4 top-1/2 mx-auto max-h-[95dvh] -translate-y-1/2 overflow-y-auto rounded-card border border-line p-6 shadow-high",
            // Room for buttons that stay at its end.
            whole ? null : wide ? "max-w-measure scroll-pb-24" : "max-w-dialog",
          )}
        >
          <Base.Title className="pe-10 text-lg font-semibold">{title}</Base.Title>
          {description ? (
            <Base.Description className="mt-1 text-sm text-ink-muted">
              {description}
            </Base.Description>
          ) : null}
          <div className={classes("mt-4", whole && "flex min-h-0 flex-1 flex-col")}>{children}</div>
          {/* Last, so that the focus begins at what the dialog is about. */}
          <Base.Close aria-label={t`Close`} className={`${iconButtonClass()} absolute end-4 top-4`}>
            <X size={18} aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
