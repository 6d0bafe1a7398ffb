import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

import { classes } from "./classes";

export const popupClass =
  "origin-(--transform-origin) rounded-card border border-line bg-raised p-1.5 text-ink shadow-high outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0";

export function Menu({
  trigger,
  align = "end",
  side = "bottom",
  children,
  onOpenChange,
}: {
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <Base.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} className="z-40">
          <Base.Popup className={classes(popupClass, "min-w-48")}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const menuItemClass =
  "flex h-9 items-center gap-2.5 rounded-control px-2.5 text-sm outline-none select-none data-highlighted:bg-hover touch:h-11";

export function MenuItem({
  icon,
  danger = false,
  children,
  onClick,
}: {
  icon: ReactNode;
  danger?: boolean;
  children: ReactNode;
  onClick: () => void;
}) {
  return (
    <Base.Item className={classes(menuItemClass, danger && "text-danger")} onClick={onClick}>
      {icon}
      {children}
    </Base.Item>
  );
}

export function MenuLink({
  icon,
  render,
}: {
  icon: ReactNode;
  render: ReactElement<{ children?: ReactNode }>;
}) {
  return (
    <Base.LinkItem className={menuItemClass} render={render} closeOnClick>
      {icon}
      {render.props.children}
    </Base.LinkItem>
  );
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="px-2.5 pt-1.5 pb-2 text-xs text-ink-muted">{children}</div>;
}
