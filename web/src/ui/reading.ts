import { keptChoice } from "./kept";

/** Also read by public/theme.js before the first paint. */
function oneOf<Value extends string>(values: readonly Value[]) {
  return (kept: unknown) => values.find((value) => value === kept);
}

export const textSizes = ["normal", "large", "larger"] as const;
export const widths = ["normal", "wide"] as const;
export const densities = ["comfortable", "compact"] as const;

/** How large everything is written, on this device. */
export const textSize = keptChoice<(typeof textSizes)[number]>(
  "text-size",
  "normal",
  oneOf(textSizes),
);
/** How wide the lines of a conversation are. */
export const width = keptChoice<(typeof widths)[number]>("width", "normal", oneOf(widths));
/** How close together rows and messages are. */
export const density = keptChoice<(typeof densities)[number]>(
  "density",
  "comfortable",
  oneOf(densities),
);

// Shown as soon as it is chosen, here or in another tab of this browser.
const { dataset } = document.documentElement;
textSize.use.subscribe(({ value }) => (dataset["textSize"] = value));
width.use.subscribe(({ value }) => (dataset["width"] = value));
density.use.subscribe(({ value }) => (dataset["density"] = value));
