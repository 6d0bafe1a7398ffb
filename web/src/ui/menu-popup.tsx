import { Menu as Base } from "@base-ui/react/menu";
import { useLayoutEffect, useRef } from "react";

import { classes } from "./classes";
import { KeyHint } from "./key-hint";
import type { MenuEntry, MenuProps, OpenedBy } from "./menu";
import { popupClass } from "./popup";
import { rowClass } from "./row";
import { useKeys } from "./shortcuts";

const itemClass = `${rowClass} outline-none data-highlighted:bg-hover`;

const pressedDown = { key: "ArrowDown", bubbles: true, cancelable: true };

export default function MenuPopup({
  trigger,
  entries,
  heading,
  align = "end",
  side = "bottom",
  openedBy,
}: MenuProps & { openedBy: OpenedBy }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // It stands where the button was that had the focus and was pressed. From the keyboard the first
    // entry gets the focus, which a click alone would leave on the menu.
    button.current?.focus();
    if (openedBy === "pointer") button.current?.click();
    else button.current?.dispatchEvent(new KeyboardEvent("keydown", pressedDown));
    // Only the first press was made elsewhere.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <Base.Root>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} className="z-40">
          <Base.Popup
            className={classes(
              popupClass,
              "max-h-(--available-height) max-w-[min(94vw,--spacing(88))] min-w-48 overflow-y-auto p-1.5",
            )}
          >
            {heading ? (
              <div className="px-2.5 pt-1.5 pb-2 text-xs text-ink-muted">{heading}</div>
            ) : null}
            {entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  const { icon, label, danger = false, link, command, onSelect } = entry;
  const keysOf = useKeys();
  const keys = command ? keysOf(command) : null;
  const hint = keys ? <KeyHint keys={keys} /> : null;
  if (link) {
    return (
      <Base.LinkItem className={itemClass} render={link} closeOnClick>
        {icon}
        {label}
        {hint}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item
      className={classes(itemClass, danger && "text-danger")}
      {...(onSelect ? { onClick: onSelect } : {})}
    >
      {icon}
      {label}
      {hint}
    </Base.Item>
  );
}
