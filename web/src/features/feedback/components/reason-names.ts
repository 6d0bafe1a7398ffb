import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Reason } from "../api/ratings";

const names: Record<Reason, MessageDescriptor> = {
  wrong: msg`Not true`,
  notAsked: msg`Not what I asked`,
  incomplete: msg`Not complete`,
  tooLong: msg`Too long`,
  style: msg`Style or tone`,
  slow: msg`Too slow`,
  harmful: msg`Harmful`,
  other: msg`Something else`,
};

export const reasons = Object.keys(names) as Reason[];

export function reasonName(reason: Reason): string {
  return i18n._(names[reason]);
}
