export { BudgetLine } from "./components/budget-line";
export { Budgets } from "./components/budgets";
export { CompareBill } from "./components/compare-bill";
export { DayCheck } from "./components/day-check";
export { Everyone } from "./components/everyone";
export { Policy } from "./policy/policy";
export { Usage } from "./components/usage";
export type { Chosen, Dimension } from "./state/everyone";
export type { Period } from "./state/periods";
