export { AllKeys } from "./components/all-keys";
export { Keys } from "./components/keys";
