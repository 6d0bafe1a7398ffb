import { expect, it } from "vitest";

import { chooseModel, forgetChoices, recentModels } from "./choice";

it("the last three models that were chosen are known, until one signs out", () => {
  for (const model of ["a", "b", "a", "c", "d"]) chooseModel("conversation", model);
  expect(recentModels.use.getState().value).toEqual(["d", "c", "a"]);
  forgetChoices();
  expect(recentModels.use.getState().value).toEqual([]);
});
