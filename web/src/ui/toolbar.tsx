import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

function buttonsOf(bar: HTMLElement): HTMLButtonElement[] {
  return [...bar.querySelectorAll("button")];
}

/** Buttons that are one stop for Tab: the arrow keys lead from one to the next. */
export function Toolbar({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    let stop = 0;
    const tidy = () => {
      const buttons = buttonsOf(element);
      for (const [index, button] of buttons.entries()) {
        button.tabIndex = index === Math.min(stop, buttons.length - 1) ? 0 : -1;
      }
    };
    const follow = ({ target }: FocusEvent) => {
      const index = buttonsOf(element).findIndex((button) => button === target);
      if (index !== -1) stop = index;
      tidy();
    };
    tidy();
    element.addEventListener("focusin", follow);
    // A menu puts another button in the place of its own when it is first used.
    const observer = new MutationObserver(tidy);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", follow);
      observer.disconnect();
    };
  }, []);

  return (
    <div
      ref={bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      className={className}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>) {
  const { key, currentTarget, target } = event;
  const buttons = buttonsOf(currentTarget);
  const index = buttons.findIndex((button) => button === target);
  const isReversed = getComputedStyle(currentTarget).direction === "rtl";
  const forward = isReversed ? "ArrowLeft" : "ArrowRight";
  const back = isReversed ? "ArrowRight" : "ArrowLeft";
  const next = { [forward]: index + 1, [back]: index - 1, Home: 0, End: buttons.length - 1 }[key];
  if (index === -1 || next === undefined) return;
  event.preventDefault();
  buttons[(next + buttons.length) % buttons.length]?.focus();
}
