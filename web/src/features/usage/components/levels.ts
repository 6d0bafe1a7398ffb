import type { Level } from "../state/budgets";

export const levelInk: Record<Level, string> = {
  quiet: "",
  warning: "text-warning-ink",
  danger: "text-danger",
};
