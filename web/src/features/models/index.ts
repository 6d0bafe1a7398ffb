export { ModelPicker, preloadModelPicker } from "./components/model-picker";
export { chooseModel, forgetChoices } from "./state/choice";
export { useModelChoice, useModelName } from "./state/use-model-choice";
