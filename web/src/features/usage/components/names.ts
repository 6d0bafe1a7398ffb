import { featureName } from "../state/grouping";
import { dayText } from "../state/periods";

/** How a group is called on the screen. */
export function groupName(key: string, by: string): string {
  switch (by) {
    case "day":
      return dayText(key);
    case "feature":
      return featureName(key);
    default:
      return key;
  }
}
