import { Dialog as Base } from "@base-ui/react/dialog";

import { backdropClass, type DialogProps } from "./dialog";

/** Rises from below and covers most of a narrow screen; `children` have its way to close. */
export function Sheet({ open, onOpenChange, title, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className="fixed inset-x-0 bottom-0 z-30 flex h-[92dvh] flex-col overflow-hidden rounded-t-card bg-raised shadow-high transition-transform duration-calm outline-none data-ending-style:translate-y-full data-starting-style:translate-y-full">
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
