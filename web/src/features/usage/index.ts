export { BudgetLine } from "./components/budget-line";
export { Budgets } from "./components/budgets";
export { Policy } from "./policy/policy";
export { Usage } from "./components/usage";
export type { Grouping } from "./state/grouping";
export type { Period } from "./state/periods";
