import type { Level } from "../state/budgets";

export const levelInk: Record<Level, string> = {
  quiet: "",
  warning: "text-warning-ink",
  danger: "text-danger",
};

export const levelFill: Record<Level, string> = {
  quiet: "fill-accent",
  warning: "fill-warning",
  danger: "fill-danger",
};
