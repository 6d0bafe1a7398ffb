import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Dimension } from "../state/everyone";
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

/** What sums can be grouped by, by itself and within a title. */
const dimensions: Record<Dimension, { name: MessageDescriptor; by: MessageDescriptor }> = {
  day: { name: msg`Day`, by: msg`by day` },
  person: { name: msg`Person`, by: msg`by person` },
  model: { name: msg`Model`, by: msg`by model` },
  provider: { name: msg`Provider`, by: msg`by provider` },
  feature: { name: msg`Feature`, by: msg`by feature` },
  key: { name: msg`Key`, by: msg`by key` },
};

export function dimensionName(by: Dimension): string {
  return i18n._(dimensions[by].name);
}

export function byText(by: Dimension): string {
  return i18n._(dimensions[by].by);
}
