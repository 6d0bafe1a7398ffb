import { t } from "@lingui/core/macro";

import { SegmentedControl } from "@/ui/segmented-control";

import { inSight } from "./in-sight";

/** What stays in sight while an answer is written. */
export function InSightChoice() {
  const { value } = inSight.use();
  return (
    <SegmentedControl
      legend={t`While an answer is written`}
      value={value}
      onChange={inSight.set}
      options={[
        { value: "end", label: t`Follow its end` },
        { value: "question", label: t`Hold the question` },
      ]}
    />
  );
}
