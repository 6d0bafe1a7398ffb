import {
  cloneElement,
  useState,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
} from "react";

import { loadable } from "./loadable";
import type { CommandId } from "./shortcuts";

export interface MenuEntry {
  key: string;
  icon: ReactNode;
  label: string;
  danger?: boolean;
  /** The command that does the same: its keys are shown. */
  command?: CommandId;
  /** What choosing it does; for a page to go to, the link instead. */
  onSelect?: () => void;
  link?: ReactElement<{ children?: ReactNode }>;
}

export type OpenedBy = "keyboard" | "pointer";

export interface MenuProps {
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
  entries: MenuEntry[];
  heading?: string | null;
  align?: "start" | "end";
  side?: "top" | "bottom";
}

const MenuPopup = loadable<MenuProps & { openedBy: OpenedBy }>(() => import("./menu-popup"));
export const preloadMenu = MenuPopup.preload;

/** A button with a menu. The menu's code comes when the button is approached, and takes over with the first click. */
export function Menu(props: MenuProps) {
  const [used, setUsed] = useState<OpenedBy | null>(null);
  const waiting = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => void preloadMenu(),
    onFocus: () => void preloadMenu(),
    // A click without a pointer is Enter or Space.
    onClick: (event) => setUsed(event.detail === 0 ? "keyboard" : "pointer"),
    onKeyDown: (event) => {
      if (event.key === "ArrowDown") setUsed("keyboard");
    },
  });
  return (
    <MenuPopup when={used !== null} openedBy={used ?? "pointer"} {...props} fallback={waiting} />
  );
}
