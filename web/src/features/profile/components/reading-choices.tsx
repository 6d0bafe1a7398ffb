import { textSize, width } from "@/ui/reading";
import { SegmentedControl } from "@/ui/segmented-control";

/** How conversations are read on this device. */
export function ReadingChoices() {
  const { value: size } = textSize.use();
  const { value: lines } = width.use();
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-4">
      <div>
        <p aria-hidden className="mb-1.5 text-sm font-medium">
          Text
        </p>
        <SegmentedControl
          legend="Size of text"
          value={size}
          onChange={textSize.set}
          options={[
            { value: "normal", label: "Normal" },
            { value: "large", label: "Large" },
            { value: "larger", label: "Larger" },
          ]}
        />
      </div>
      <div>
        <p aria-hidden className="mb-1.5 text-sm font-medium">
          Lines
        </p>
        <SegmentedControl
          legend="Length of lines"
          value={lines}
          onChange={width.set}
          options={[
            { value: "normal", label: "Normal" },
            { value: "wide", label: "Wide" },
          ]}
        />
      </div>
    </div>
  );
}
