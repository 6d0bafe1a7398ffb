import { Combobox } from "@base-ui/react/combobox";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { classes } from "./classes";
import { popupClass } from "./popup";

/** One of the choices of a list. */
export const optionClass =
  "flex min-h-11 items-center gap-3 rounded-control px-2.5 py-1.5 outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover";

/** The list that a combobox opens, with its search field; `children` draws what it is made of. */
export function ListPopup({
  label,
  searchLabel,
  placeholder,
  empty,
  footer,
  hint,
  onKeyDown,
  children,
}: {
  label: string;
  searchLabel: string;
  placeholder: string;
  /** What is said where nothing is found. */
  empty: string;
  footer?: ReactNode;
  /** Stays in sight below the list. */
  hint?: ReactNode;
  /** Of keys in the search field, before the list takes them. */
  onKeyDown?: ComponentProps<typeof Combobox.Input>["onKeyDown"];
  children: ComponentProps<typeof Combobox.List>["children"];
}) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner align="start" sideOffset={12} className="z-40">
        <Combobox.Popup
          aria-label={label}
          className={classes(
            popupClass,
            "flex max-h-[min(--spacing(120),var(--available-height))] w-104 max-w-[94vw] flex-col",
          )}
        >
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search size={16} aria-hidden className="shrink-0 text-ink-muted" />
            <Combobox.Input
              aria-label={searchLabel}
              placeholder={placeholder}
              onKeyDown={onKeyDown}
              className="h-11 w-full bg-transparent text-sm outline-none max-sm:text-md"
            />
          </div>
          <div className="min-h-0 overflow-y-auto p-1.5">
            <Combobox.Empty>
              <p className="px-2.5 py-3 text-sm text-ink-muted empty:hidden">{empty}</p>
            </Combobox.Empty>
            <Combobox.List className="outline-none">{children}</Combobox.List>
            {footer}
          </div>
          {hint}
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
