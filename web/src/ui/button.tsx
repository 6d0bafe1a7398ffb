import type { ComponentProps, ReactNode } from "react";

import { classes } from "./classes";

const base =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors select-none disabled:opacity-55 aria-disabled:opacity-55";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong active:bg-accent",
  secondary: "border border-control bg-raised text-ink hover:bg-hover active:bg-selected",
  ghost: "text-ink hover:bg-hover active:bg-selected",
  danger: "text-danger hover:bg-danger-wash",
};

const sizes = {
  medium: "h-9 px-3.5 text-sm touch:h-11",
  large: "h-11 px-4 text-base",
};

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
}

export function Button({
  variant = "secondary",
  size = "medium",
  className,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(base, variants[variant], sizes[size], className)}
      {...rest}
    />
  );
}

const iconTones = {
  quiet:
    "rounded-control text-ink-muted hover:bg-hover hover:text-ink active:bg-selected data-popup-open:bg-hover data-popup-open:text-ink aria-disabled:opacity-55",
  accent:
    "rounded-full bg-accent text-accent-ink hover:bg-accent-strong aria-disabled:bg-selected aria-disabled:text-ink-muted",
};

const iconSizes = { row: "h-row w-8", small: "size-8", medium: "size-9" };

interface IconButtonLook {
  tone?: keyof typeof iconTones;
  size?: keyof typeof iconSizes;
}

/** Classes of one property each: two that set the same would be decided by their order in the sheet. */
export function iconButtonClass({ tone = "quiet", size = "medium" }: IconButtonLook = {}): string {
  return classes(
    "inline-flex shrink-0 items-center justify-center transition-colors touch:size-11",
    iconTones[tone],
    iconSizes[size],
  );
}

/** A button that shows a picture only; its label is read out and shown on hover and focus. */
export function IconButton({
  label,
  children,
  className,
  tone = "quiet",
  size = "medium",
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> &
  IconButtonLook & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      className={classes(iconButtonClass({ tone, size }), className)}
      {...rest}
    >
      {children}
    </button>
  );
}
