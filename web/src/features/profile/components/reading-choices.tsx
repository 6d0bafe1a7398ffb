import { t } from "@lingui/core/macro";

import { density, textSize, width } from "@/ui/reading";
import { SegmentedControl } from "@/ui/segmented-control";

/** How conversations are read on this device. */
export function ReadingChoices() {
  const { value: size } = textSize.use();
  const { value: lines } = width.use();
  const { value: room } = density.use();
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-5">
      <div>
        <p aria-hidden className="mb-1.5 text-sm font-medium">
          {t`Text`}
        </p>
        <SegmentedControl
          legend={t`Size of text`}
          value={size}
          onChange={textSize.set}
          options={[
            { value: "normal", label: t`Normal` },
            { value: "large", label: t`Large` },
            { value: "larger", label: t`Larger` },
          ]}
        />
      </div>
      <div>
        <p aria-hidden className="mb-1.5 text-sm font-medium">
          {t`Lines`}
        </p>
        <SegmentedControl
          legend={t`Length of lines`}
          value={lines}
          onChange={width.set}
          options={[
            { value: "normal", label: t`Normal` },
            { value: "wide", label: t`Wide` },
          ]}
        />
      </div>
      <div>
        <p aria-hidden className="mb-1.5 text-sm font-medium">
          {t`Density`}
        </p>
        <SegmentedControl
          legend={t`Density of rows and messages`}
          value={room}
          onChange={density.set}
          options={[
            { value: "comfortable", label: t`Comfortable` },
            { value: "compact", label: t`Compact` },
          ]}
        />
      </div>
    </div>
  );
}
