import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
} from "react";

export interface MenuEntry {
  key: string;
  icon: ReactNode;
  label: string;
  danger?: boolean;
  /** What choosing it does; for a page to go to, the link instead. */
  onSelect?: () => void;
  link?: ReactElement<{ children?: ReactNode }>;
}

export interface MenuProps {
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
  entries: MenuEntry[];
  heading?: string | null;
  align?: "start" | "end";
  side?: "top" | "bottom";
}

const load = () => import("./menu-popup");
const MenuPopup = lazy(load);

/** A button with a menu. The menu's code comes when the button is approached, and takes over with the first click. */
export function Menu(props: MenuProps) {
  const [used, setUsed] = useState(false);
  const waiting = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setUsed(true),
  });
  return used ? (
    <Suspense fallback={waiting}>
      <MenuPopup {...props} />
    </Suspense>
  ) : (
    waiting
  );
}
