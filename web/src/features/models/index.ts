export { ComparePicker, preloadComparePicker } from "./components/compare-picker";
export { FallbackPicker, preloadFallbackPicker } from "./components/fallback-picker";
export { ModelPicker, preloadModelPicker } from "./components/model-picker";
export { chooseModel, forgetChoices } from "./state/choice";
export { chooseComparison, forgetComparisons, useComparison } from "./state/comparison";
export { useModelChoice, useModelName, useModelOptions } from "./state/use-model-choice";
