import { t } from "@lingui/core/macro";

import { SegmentedControl } from "@/ui/segmented-control";
import { keyNames } from "@/ui/keys";

import { sendKey } from "./send-key";

/** Which key sends a question. */
export function SendKeyChoice() {
  const { value } = sendKey.use();
  return (
    <SegmentedControl
      legend={t`The key that sends`}
      value={value}
      onChange={sendKey.set}
      options={[
        { value: "enter", label: keyNames("Enter").join(" ") },
        { value: "mod-enter", label: keyNames("Mod+Enter").join(" ") },
      ]}
    />
  );
}
