import { featureName, type Grouping } from "../state/grouping";
import { dayText } from "../state/periods";

/** How a group is called on the screen. */
export function groupName(key: string, grouping: Grouping): string {
  switch (grouping) {
    case "day":
      return dayText(key);
    case "model":
      return key;
    case "feature":
      return featureName(key);
  }
}

export const groupingNames: Record<Grouping, string> = {
  day: "Day",
  model: "Model",
  feature: "Feature",
};
