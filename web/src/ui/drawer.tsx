import { Dialog as Base } from "@base-ui/react/dialog";

import { backdropClass, type DialogProps } from "./dialog";

/** Slides in from the start; carries the sidebar where there is no room beside the page. */
export default function Drawer({ open, onOpenChange, title, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal keepMounted>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className="fixed inset-y-0 start-0 z-30 flex w-80 max-w-[85vw] flex-col border-e border-edge bg-surface shadow-high transition-transform duration-calm outline-none data-ending-style:-translate-x-full data-starting-style:-translate-x-full rtl:data-ending-style:translate-x-full rtl:data-starting-style:translate-x-full">
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
