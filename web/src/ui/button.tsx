import type { ComponentProps, ReactNode } from "react";

import { classes } from "./classes";

const base =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:opacity-55 aria-disabled:opacity-55";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  secondary: "border border-control bg-raised text-ink hover:bg-hover",
  ghost: "text-ink hover:bg-hover",
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

export const iconButtonClass =
  "inline-flex size-9 shrink-0 items-center justify-center rounded-control text-ink-muted transition-colors duration-100 hover:bg-hover hover:text-ink aria-disabled:opacity-55 touch:size-11 data-popup-open:bg-hover data-popup-open:text-ink";

/** A button that shows a picture only; its label is read out and shown on hover and focus. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      className={classes(iconButtonClass, className)}
      {...rest}
    >
      {children}
    </button>
  );
}
